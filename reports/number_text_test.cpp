// SPDX-License-Identifier: Apache-2.0
#include "reports/number_text.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("A number shows its unit, its accuracy and no more digits than that", "[number]") {
  CHECK(number_text(1.02, "s", 0.005) == "1.02 s ± 5 ms");
  CHECK(number_text(1.0234567, "s", 0.005) == "1.023 s ± 5 ms");
  CHECK(number_text(0.0243, "s", 0.005) == "24 ms ± 5 ms");
  CHECK(number_text(0.0243, "s", 0.0005) == "24.3 ms ± 0.5 ms");
  CHECK(number_text(12.0, "s", 0.02) == "12 s ± 20 ms");
  CHECK(number_text(120.0, "s", 0.0) == "120 s");
  CHECK(number_text(0.0, "s", 0.005) == "0 s ± 5 ms");
  CHECK(number_text(-0.003, "s", 0.001) == "-3 ms ± 1 ms");
  CHECK(number_text(0.5, "%", 0.1) == "0.5 % ± 0.1 %");
  CHECK(number_text(4, "1", 0.0) == "4");
  CHECK(number_text(100, "1", 0.0) == "100");
  CHECK(number_text(4.33, "1", 0.05) == "4.33 ± 0.05");
}

TEST_CASE("A time without an end is never, other missing values say so", "[number]") {
  CHECK(number_text(nullptr, "s", 0.005) == "never");
  CHECK(number_text(nullptr, "%", 0.0) == "no value");
  CHECK(measured_text(nullptr) == "–");
  CHECK(measured_text({{"value", nullptr}, {"unit", "s"}, {"accuracy", 0.1}}) == "never");
  CHECK(measured_text({{"value", 2.0}, {"unit", "s"}, {"accuracy", 0.25}}) == "2 s ± 250 ms");
  CHECK(seconds_text(nullptr) == "–");
  CHECK(seconds_text(1.0023) == "1.002 s");
}
