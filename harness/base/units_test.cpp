// SPDX-License-Identifier: Apache-2.0
#include "base/units.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

TEST_CASE("A duration needs its unit", "[units]") {
  CHECK(parse_duration("20ms") == 20ms);
  CHECK(parse_duration("1.5s") == 1500ms);
  CHECK(parse_duration("2 min") == 2min);
  CHECK(parse_duration("0s") == 0s);
  for (const auto* wrong : {"20", "", "ms", "20 sec", "-1s", "1e3s", "nan s", "20ms ", "99999h9"})
    CHECK_FALSE(parse_duration(wrong).has_value());
  CHECK_FALSE(parse_duration("9999999999h").has_value());
}

TEST_CASE("Rates, sizes and percentages need their units too", "[units]") {
  CHECK(parse_rate("300Mbit/s") == BitsPerSecond{300'000'000});
  CHECK(parse_rate("0.5 kbit/s") == BitsPerSecond{500});
  CHECK_FALSE(parse_rate("300M").has_value());
  CHECK(parse_size("64KiB") == Bytes{65536});
  CHECK(parse_size("1500B") == Bytes{1500});
  CHECK_FALSE(parse_size("1500").has_value());
  CHECK(parse_percent("2.5%") == Percent{2.5});
  CHECK_FALSE(parse_percent("2.5").has_value());
}

TEST_CASE("What is written is read back to the same value", "[units]") {
  CHECK(to_string(Nanos{20ms}) == "20ms");
  CHECK(to_string(Nanos{1500ms}) == "1.5s");
  CHECK(to_string(Nanos{0}) == "0s");
  CHECK(to_string(Nanos{-5ms}) == "-5ms");
  CHECK(to_string(Nanos{1'234'567'891}) == "1234567.891us");
  CHECK(to_string(BitsPerSecond{30'000'000}) == "30Mbit/s");
  CHECK(to_string(Bytes{1500}) == "1.5kB");
  CHECK(to_string(Percent{2.5}) == "2.5%");
  for (const auto value : {1ns, 999ns, 1001ns, 1'000'001ns, 123'456'789ns, 86'400'000'000'000ns})
    CHECK(parse_duration(to_string(Nanos{value})) == value);
}
