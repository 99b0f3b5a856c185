// SPDX-License-Identifier: Apache-2.0
#include "base/internet_checksum.hpp"

#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;
using Octets = std::vector<std::uint8_t>;

TEST_CASE("The checksum is that of RFC 1071's example") {
  const Octets example{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
  CHECK(internet_checksum(example) == static_cast<std::uint16_t>(~0xddf2));
  CHECK(internet_checksum(Octets{0x01}) == static_cast<std::uint16_t>(~0x0100));
}

TEST_CASE("Parts add up to the checksum of the whole, which then sums to zero") {
  Octets whole{0x45, 0x00, 0x12, 0x34, 0xff, 0xff, 0x00, 0x00, 0xab};
  const std::span bytes{whole};
  const auto sum = finish_checksum(add_words(bytes.subspan(4), add_words(bytes.first(4))));
  CHECK(sum == internet_checksum(whole));
  whole[6] = static_cast<std::uint8_t>(sum >> 8);
  whole[7] = static_cast<std::uint8_t>(sum & 0xff);
  CHECK(internet_checksum(whole) == 0);
}
