// SPDX-License-Identifier: Apache-2.0
#include "doctor/find_program.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("A version is found in what programs say of themselves", "[doctor]") {
  CHECK(version_in("Keepalived v2.2.7 (01/16,2022)\nCopyright") == "2.2.7");
  CHECK(version_in("zebra version 8.4.4\n") == "8.4.4");
  CHECK(version_in("BIRD version 2.0.12\n") == "2.0.12");
  CHECK(version_in("tcpdump version 4.99.3\nlibpcap version 1.10.3") == "4.99.3");
  CHECK(version_in("strongSwan swanctl 5.9.8\n") == "5.9.8");
  CHECK(version_in("Linux strongSwan U5.9.8/K6.1") == "5.9.8");
  CHECK(version_in("wireguard-tools v1.0.20210914 - https://git.zx2c4.com/") == "1.0.20210914");
  CHECK(version_in("Python 3.11.2") == "3.11.2");
  CHECK(version_in("no number at all").empty());
  CHECK(version_in("17 pieces").empty());
}

TEST_CASE("A program is found by its name, and only a program", "[doctor]") {
  CHECK(find_program("sh").is_absolute());
  CHECK(find_program("wandrill-no-such-program").empty());
}
