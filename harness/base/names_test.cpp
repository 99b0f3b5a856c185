// SPDX-License-Identifier: Apache-2.0
#include "base/names.hpp"

#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("A slip of the hand finds the name that was meant", "[names]") {
  const std::vector<std::string> known{"wan_a", "wan_b", "carrier", "blackhole"};
  CHECK(nearest_name("wan_q", known) == "wan_a");
  CHECK(nearest_name("carier", known) == "carrier");
  CHECK(nearest_name("blakchole", known) == "blackhole");
  CHECK_FALSE(nearest_name("jitter", known).has_value());
  CHECK_FALSE(nearest_name(std::string(100'000, 'x'), known).has_value());
}

TEST_CASE("Without a near name, the hint lists the known ones", "[names]") {
  const std::vector<std::string> known{"up", "down", "both"};
  CHECK(name_hint("sideways", known) == " (known: up, down, both)");
  CHECK(name_hint("dwon", known) == " (did you mean 'down'?)");
  CHECK(name_hint("x", {}).empty());
}

TEST_CASE("Of many names the first few are told, and how many more there are", "[names]") {
  const std::vector<std::string> names{"call.1", "call.2", "call.3"};
  CHECK(names_text(names) == "call.1, call.2, call.3");
  CHECK(names_text(names, 2) == "call.1, call.2 and 1 more");
  CHECK(names_text({}).empty());
}
