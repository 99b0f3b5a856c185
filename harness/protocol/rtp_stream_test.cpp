// SPDX-License-Identifier: Apache-2.0
#include "protocol/rtp_stream.hpp"

#include <vector>

#include "base/testing/catch.hpp"

namespace wandrill {

using Bytes = std::vector<std::uint8_t>;

TEST_CASE("An RTP header tells its source and sequence", "[rtp_stream]") {
  Bytes packet{0x80, 0, 0x12, 0x34, 0, 0, 0, 0, 1, 2, 3, 4, 0xff};
  const auto head = read_rtp(packet);
  REQUIRE(head);
  CHECK(head->source == 0x01020304);
  CHECK(head->sequence == 0x1234);
}

TEST_CASE("RTCP, another version and what is too short are no RTP", "[rtp_stream]") {
  Bytes packet(12, 0);
  CHECK_FALSE(read_rtp(packet));
  packet[0] = 0x80;
  CHECK(read_rtp(packet));
  packet[1] = 200;
  CHECK_FALSE(read_rtp(packet));
  CHECK_FALSE(read_rtp(Bytes{0x80, 0, 0}));
}

TEST_CASE("Packets are numbered from 0 through the wrap of their sequence", "[rtp_stream]") {
  RtpNumbers numbers;
  CHECK(numbers.sent({7, 65534}) == 0U);
  CHECK(numbers.sent({7, 65535}) == 1U);
  CHECK(numbers.sent({7, 0}) == 2U);
  CHECK(numbers.number_of({7, 65535}) == 1U);
  CHECK(numbers.number_of({7, 0}) == 2U);
  CHECK_FALSE(numbers.number_of({7, 1}));
  CHECK_FALSE(numbers.number_of({7, 65000}));
  CHECK_FALSE(numbers.number_of({8, 0}));
}

TEST_CASE("A new source goes on where the last one ended", "[rtp_stream]") {
  RtpNumbers numbers;
  CHECK(numbers.sent({7, 100}) == 0U);
  CHECK(numbers.sent({9, 5}) == 1U);
  CHECK(numbers.sent({9, 6}) == 2U);
  CHECK(numbers.number_of({7, 100}) == 0U);
  CHECK(numbers.number_of({9, 6}) == 2U);
}

TEST_CASE("A packet that is seen twice is sent once", "[rtp_stream]") {
  RtpNumbers numbers;
  CHECK(numbers.sent({7, 1}) == 0U);
  CHECK_FALSE(numbers.sent({7, 1}));
  CHECK(numbers.sent({7, 2}) == 1U);
}

TEST_CASE("What an echo leaves out leaves no hole, and is nobody else's number", "[rtp_stream]") {
  RtpNumbers numbers;
  CHECK(numbers.sent({7, 249}) == 0U);
  CHECK(numbers.sent({7, 288}) == 1U);
  CHECK(numbers.number_of({7, 249}) == 0U);
  CHECK(numbers.number_of({7, 288}) == 1U);
  CHECK_FALSE(numbers.number_of({7, 287}));
}

TEST_CASE("A packet that leaves behind a later one is sent, too", "[rtp_stream]") {
  RtpNumbers numbers;
  CHECK(numbers.sent({7, 10}) == 0U);
  CHECK(numbers.sent({7, 12}) == 1U);
  CHECK(numbers.sent({7, 11}) == 2U);
  CHECK_FALSE(numbers.sent({7, 12}));
  CHECK(numbers.sent({7, 13}) == 3U);
  CHECK(numbers.number_of({7, 11}) == 2U);
}

TEST_CASE("A source that starts again far back is followed", "[rtp_stream]") {
  RtpNumbers numbers;
  CHECK(numbers.sent({7, 40000}) == 0U);
  CHECK(numbers.sent({7, 3}) == 1U);
  CHECK(numbers.sent({7, 4}) == 2U);
}

TEST_CASE("A sequence of the last time round is a new packet", "[rtp_stream]") {
  RtpNumbers numbers;
  for (std::uint32_t i = 0; i < 65536; ++i)
    REQUIRE(numbers.sent({7, static_cast<std::uint16_t>(i)}) == i);
  CHECK(numbers.sent({7, 0}) == 65536U);
  CHECK_FALSE(numbers.number_of({7, 1}));
}

TEST_CASE("A source that another one followed is over, and its last packets may still come",
          "[rtp_stream]") {
  RtpNumbers numbers;
  CHECK(numbers.sent({7, 1}) == 0U);
  CHECK(numbers.sent({9, 1}) == 1U);
  CHECK_FALSE(numbers.sent({7, 2}));
  CHECK(numbers.number_of({7, 1}) == 0U);
}

}  // namespace wandrill
