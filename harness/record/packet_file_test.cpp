// SPDX-License-Identifier: Apache-2.0
#include "record/packet_file.hpp"

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"
#include "record/packet_blocks.hpp"
#include "record/recording.hpp"

using namespace wandrill;

namespace {

constexpr std::size_t kFileHeader = 16;
constexpr std::size_t kBlockHeader = 32;

RunInstant at(std::int64_t nanos) {
  return RunInstant{Nanos{nanos}};
}

/// A file with a block of two sent, one of one received and one of one tapped.
std::string small_file() {
  SentColumns sent;
  sent.append(1, 70'000, at(-20), 5);
  sent.append(2, UINT64_MAX, at(20), SentColumns::kNotSent);
  ReceivedColumns received;
  received.append(1, 70'000, at(31), -1);
  TappedColumns tapped;
  tapped.append(1, 70'000, at(25), 1, 0, 3);
  auto file = packets_header();
  append_block(file, sent);
  append_block(file, received);
  append_block(file, tapped);
  return file;
}

/// The packets of a file, block after block; what it says of the file's name left out.
Recording read(const std::string& bytes) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "packets.bin";
  write_file(path, bytes);
  Recording recording;
  try {
    const PacketFile file{path};
    file.visit_sent([&](const SentColumns& block) { recording.sent = block; });
    file.visit_received([&](const ReceivedColumns& block) { recording.received = block; });
    file.visit_tapped([&](const TappedColumns& block) { recording.tapped = block; });
  } catch (const MachineError& error) {
    throw MachineError{std::string{error.what()}.substr(folder.path().native().size() + 1)};
  }
  return recording;
}

}  // namespace

TEST_CASE("Packets come back as they were recorded", "[packets]") {
  const auto recording = read(small_file());
  CHECK(recording.sent.flow == std::vector<std::uint16_t>{1, 2});
  CHECK(recording.sent.sequence == std::vector<std::uint64_t>{70'000, UINT64_MAX});
  CHECK(recording.sent.scheduled == std::vector<std::int64_t>{-20, 20});
  CHECK(recording.sent.lateness == std::vector<std::int32_t>{5, SentColumns::kNotSent});
  REQUIRE(recording.received.size() == 1);
  CHECK(recording.received.at[0] == 31);
  CHECK(recording.received.read_delay[0] == -1);
  REQUIRE(recording.tapped.size() == 1);
  CHECK(recording.tapped.wan[0] == 1);
  CHECK(recording.tapped.direction[0] == 0);
  CHECK(recording.tapped.source[0] == 3);
}

TEST_CASE("A row takes 22 bytes, so that a long run fits on the disk", "[packets]") {
  CHECK(small_file().size() == kFileHeader + 3 * kBlockHeader + 4 * 22);
}

TEST_CASE("A file cut anywhere gives its whole blocks", "[packets]") {
  const auto whole = small_file();
  const auto second = kFileHeader + kBlockHeader + 2 * 22;
  for (auto length = second; length < whole.size(); ++length) {
    CAPTURE(length);
    const auto recording = read(whole.substr(0, length));
    CHECK(recording.sent.size() == 2);
    CHECK(recording.received.size() == (length >= second + kBlockHeader + 22 ? 1 : 0));
    CHECK(recording.tapped.size() == 0);
  }
}

TEST_CASE("A damaged block in the middle is refused, at the end left out", "[packets]") {
  const auto whole = small_file();
  for (auto position = kFileHeader; position < whole.size(); ++position) {
    CAPTURE(position);
    auto damaged = whole;
    damaged[position] = static_cast<char>(damaged[position] ^ 0x10);
    if (position < whole.size() - 22)
      CHECK_THROWS_AS(read(damaged), MachineError);
    else
      CHECK(read(damaged).tapped.size() == 0);
  }
  auto damaged = whole;
  damaged[kFileHeader + kBlockHeader] = 'x';
  CHECK_THROWS_WITH(read(damaged),
                    "packets.bin: block 1 is damaged; what follows it cannot be trusted, so the "
                    "recording is not used");
}

TEST_CASE("Blocks of a kind that is not known are skipped", "[packets]") {
  // A block as a later version might write it: kind 9, one row of four bytes.
  const std::string block{
      "WBLK\x09\0\0\0\x01\0\0\0\x04\0\0\0"
      "\xd5\xb7\xf0\x45\x10\xf0\x8c\xe2\x60\xb5\x53\x89\x8b\x2b\xd8\x68"
      "rows",
      kBlockHeader + 4};
  auto file = packets_header() + block + small_file().substr(kFileHeader);
  const auto recording = read(file);
  CHECK(recording.sent.size() == 2);
  CHECK(recording.tapped.size() == 1);
}

TEST_CASE("A file of another format or version is refused", "[packets]") {
  CHECK_THROWS_WITH(read("GIF89a, and nothing of ours"),
                    "packets.bin: is not a packet file of wandrill");
  CHECK_THROWS_WITH(read(""), "packets.bin: is not a packet file of wandrill");
  auto newer = small_file();
  newer[8] = 2;
  CHECK_THROWS_WITH(read(newer),
                    "packets.bin: has format version 2, but this wandrill reads version 1: read it "
                    "with the wandrill that wrote it");
}

TEST_CASE("Packets in memory and on the disk are visited one after the other", "[packets]") {
  const testing::ScratchFolder folder;
  write_file(folder.path() / "packets.bin", small_file());
  Recording recording;
  recording.sent.append(7, 1, at(0), 0);
  recording.addresses.resize(4);
  recording.stored.emplace(folder.path() / "packets.bin");
  std::vector<std::uint16_t> flows;
  recording.visit_sent([&](const SentColumns& some) {
    flows.insert(flows.end(), some.flow.begin(), some.flow.end());
  });
  CHECK(flows == std::vector<std::uint16_t>{7, 1, 2});
  std::size_t tapped = 0;
  recording.visit_tapped([&](const TappedColumns& some) { tapped += some.size(); });
  CHECK(tapped == 1);
  recording.addresses.resize(3);
  CHECK_THROWS_WITH(recording.visit_tapped([](const TappedColumns&) {}),
                    recording.stored->name() + ": names more sources than addresses.txt holds");
}
