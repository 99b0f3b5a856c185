// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <fcntl.h>

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("check reports what was attempted and why it failed", "[error]") {
  CHECK_THROWS_WITH(check(::open("/no/such/file", O_RDONLY), "open {}", "/no/such/file"),
                    "open /no/such/file: No such file or directory");
  CHECK(check(3, "nothing") == 3);
}

TEST_CASE("A configuration error lists every mistake with its place", "[error]") {
  const ConfigError error{{{{"s.yaml", 2, 5}, "unknown key 'form'"}, {{"s.yaml"}, "is empty"}}};
  CHECK(std::string{error.what()} == "s.yaml:2:5: unknown key 'form'\ns.yaml: is empty");
}

TEST_CASE("No byte of a user's file ends a message or acts on the terminal", "[error]") {
  const ConfigError error{{{{"a\x1b[2J.yaml", 2, 5}, std::string{"unknown key 'a\0b'", 17}}}};
  CHECK(std::string{error.what()} == "a\\x1b[2J.yaml:2:5: unknown key 'a\\x00b'");
}
