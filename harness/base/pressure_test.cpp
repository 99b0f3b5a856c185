// SPDX-License-Identifier: Apache-2.0
#include "base/pressure.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

TEST_CASE("The pressure on processors is the total of the line of some", "[pressure]") {
  CHECK(parse_pressure("some avg10=55.40 avg60=39.07 avg300=13.39 total=47569314\n"
                       "full avg10=0.00 avg60=0.00 avg300=0.00 total=11\n") == 47569314us);
  CHECK(parse_pressure("some avg10=0.00 avg60=0.00 avg300=0.00 total=0") == 0us);
}

TEST_CASE("What is no pressure file tells no pressure", "[pressure]") {
  const auto* text =
      GENERATE("", "\n", "some", "some avg10=0.00\n", "some total=\n", "some total=x\n",
               "some total=12x\n", "some total=-5\n", "full avg10=0.00 total=7\n",
               "some total=9223372036854775807\n", "some total=99999999999999999999\n");
  CHECK(parse_pressure(text) == 0us);
}

TEST_CASE("The pressure of this machine never falls", "[pressure]") {
  const auto first = look_now();
  const auto second = look_now();
  CHECK(first.waited >= 0ns);
  CHECK(second.waited >= first.waited);
  CHECK(second.at >= first.at);
}
