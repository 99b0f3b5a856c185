// SPDX-License-Identifier: Apache-2.0
#include "base/byte_reader.hpp"

#include <array>

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Numbers are read in either order, one behind the other", "[base]") {
  const std::array<std::uint8_t, 7> bytes{0x12, 0x34, 0x12, 0x34, 0x56, 0x78, 0x9a};
  ByteReader reader{bytes};
  CHECK(reader.big_endian<std::uint16_t>() == 0x1234);
  CHECK(reader.little_endian<std::uint32_t>() == 0x78563412);
  CHECK(reader.big_endian<std::uint8_t>() == 0x9a);
  CHECK(reader.is_empty());
  CHECK(reader.is_whole());
}

TEST_CASE("Behind what is cut short there is nothing", "[base]") {
  const std::array<std::uint8_t, 3> bytes{1, 2, 3};
  ByteReader reader{bytes};
  CHECK(reader.big_endian<std::uint32_t>() == 0);
  CHECK_FALSE(reader.is_whole());
  CHECK(reader.take(1).empty());
  CHECK(reader.little_endian<std::uint8_t>() == 0);
  CHECK(reader.is_empty());
}
