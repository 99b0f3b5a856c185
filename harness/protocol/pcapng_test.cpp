// SPDX-License-Identifier: Apache-2.0
#include "protocol/pcapng.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

const PcapngBytes kFrame{1, 2, 3, 4, 5};

PcapngBytes whole_file() {
  PcapngBytes all;
  for (const auto& block :
       {pcapng_section("wandrill", "a drill"),
        pcapng_interface({"wan_a", "the router's side", 65535}),
        pcapng_packet({.interface = 0,
        .at = 0x123456789abcdef0,
        .direction = PcapngDirection::kOutbound,
        .original_bytes = 1500,
        .bytes = kFrame,
        .comments = {"carrier wan_a applied", "second"}}),
        pcapng_statistics({.interface = 0, .at = 1, .received = 1, .dropped = 7})})
    all.insert(all.end(), block.begin(), block.end());
  return all;
}

}  // namespace

TEST_CASE("A capture file comes back as it was written") {
  const auto bytes = whole_file();
  CHECK(bytes.size() % 4 == 0);
  const auto file = read_pcapng(bytes);
  REQUIRE(file);
  CHECK(file->is_whole);
  CHECK(file->comment == "a drill");
  REQUIRE(file->interfaces.size() == 1);
  CHECK(file->interfaces[0].name == "wan_a");
  CHECK(file->interfaces[0].description == "the router's side");
  REQUIRE(file->packets.size() == 1);
  const auto& packet = file->packets[0];
  CHECK(packet.at == 0x123456789abcdef0);
  CHECK(packet.direction == PcapngDirection::kOutbound);
  CHECK(packet.original_bytes == 1500);
  CHECK(std::equal(packet.bytes.begin(), packet.bytes.end(), kFrame.begin(), kFrame.end()));
  CHECK(packet.comments == std::vector<std::string>{"carrier wan_a applied", "second"});
}

TEST_CASE("A capture file that ends early is read as far as it goes") {
  const auto bytes = whole_file();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto file = read_pcapng(std::span{bytes}.first(size));
    if (file && !file->packets.empty()) CHECK(file->packets[0].bytes.size() == kFrame.size());
  }
  CHECK_FALSE(read_pcapng({}));
  CHECK_FALSE(read_pcapng(std::span{bytes}.subspan(4)));
  const auto cut = read_pcapng(std::span{bytes}.first(bytes.size() - 1));
  REQUIRE(cut);
  CHECK_FALSE(cut->is_whole);
  CHECK(cut->packets.size() == 1);
}

TEST_CASE("Lengths that lie do no harm") {
  auto bytes = whole_file();
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
    auto changed = bytes;
    for (std::size_t i = 0; i < 4; ++i)
      changed[at + i] = 0xff;
    static_cast<void>(read_pcapng(changed));
    for (std::size_t i = 0; i < 4; ++i)
      changed[at + i] = 0;
    static_cast<void>(read_pcapng(changed));
  }
  SUCCEED("nothing was read beyond the end");
}
