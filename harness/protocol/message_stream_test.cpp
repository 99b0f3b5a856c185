// SPDX-License-Identifier: Apache-2.0
#include "protocol/message_stream.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kMessage = 128;

std::vector<std::uint8_t> messages(std::uint64_t count) {
  std::vector<std::uint8_t> bytes(kMessage * count);
  for (std::uint64_t i = 0; i < count; ++i)
    encode({5, i, 99}, std::span{bytes}.subspan(kMessage * i, kMessage));
  return bytes;
}

TEST_CASE("Messages are found however the stream was cut into pieces") {
  const auto stream = messages(7);
  for (const std::size_t piece : {1U, 3U, 127U, 128U, 129U, 500U, 896U}) {
    MessageStream reader{kMessage};
    std::vector<std::uint64_t> seen;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      const auto bytes = std::span{stream}.subspan(at, std::min(piece, stream.size() - at));
      CHECK(reader.feed(bytes, [&](const PacketHeader& h) { seen.push_back(h.sequence); }));
    }
    CHECK(seen == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6});
  }
}

TEST_CASE("A stream that is not ours is refused at its first whole message") {
  MessageStream reader{kMessage};
  auto stream = messages(2);
  stream[kMessage] ^= 1;
  int seen = 0;
  CHECK_FALSE(reader.feed(stream, [&](const PacketHeader&) { ++seen; }));
  CHECK(seen == 1);
}

}  // namespace
}  // namespace wandrill
