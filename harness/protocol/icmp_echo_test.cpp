// SPDX-License-Identifier: Apache-2.0
#include "protocol/icmp_echo.hpp"

#include <algorithm>

#include "base/internet_checksum.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;
using Message = std::vector<std::uint8_t>;

TEST_CASE("An echo request of IPv4 has a checksum that sums to zero, one of IPv6 has none") {
  const Message data{'a', 'b', 'c'};
  const auto four =
      encode_icmp_echo(Family::kIpv4, {.id = 0x1234, .sequence = 0xabcd, .data = data});
  CHECK(four[0] == 8);
  CHECK(internet_checksum(four) == 0);
  CHECK(Message(four.begin() + 4, four.end()) == Message{0x12, 0x34, 0xab, 0xcd, 'a', 'b', 'c'});
  CHECK(encode_icmp_echo(Family::kIpv6, {.id = 0x1234, .sequence = 0xabcd}) ==
        Message{128, 0, 0, 0, 0x12, 0x34, 0xab, 0xcd});
}

TEST_CASE("Echoes and their replies are told apart in both families") {
  const Message data{1, 2};
  for (const auto family : {Family::kIpv4, Family::kIpv6})
    for (const bool is_reply : {false, true}) {
      const auto bytes =
          encode_icmp_echo(family, {.is_reply = is_reply, .id = 7, .sequence = 9, .data = data});
      const auto echo = decode_icmp_echo(family, bytes);
      REQUIRE(echo);
      CHECK(echo->is_reply == is_reply);
      CHECK(echo->id == 7);
      CHECK(echo->sequence == 9);
      CHECK(std::ranges::equal(echo->data, data));
    }
}

TEST_CASE("What is no echo, or cut short, is none") {
  auto bytes = encode_icmp_echo(Family::kIpv4, {.is_reply = true, .id = 1});
  CHECK(decode_icmp_echo(Family::kIpv4, bytes));
  CHECK_FALSE(decode_icmp_echo(Family::kIpv6, bytes));
  CHECK_FALSE(decode_icmp_echo(Family::kIpv4, std::span{bytes}.first(7)));
  CHECK_FALSE(decode_icmp_echo(Family::kIpv4, {}));
  bytes[1] = 1;
  CHECK_FALSE(decode_icmp_echo(Family::kIpv4, bytes));
}
