// SPDX-License-Identifier: Apache-2.0
#include "net/nft.hpp"

#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "net/testing/private_namespaces.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using Catch::Matchers::Contains;

namespace {

/// What run_nft() says of these commands.
std::string refusal(const NetNs& ns, const std::string& commands) {
  try {
    run_nft(ns, commands);
  } catch (const MachineError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("Rules are loaded into their namespace and listed", "[nft]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const auto other = NetNs::create();
  run_nft(ns, R"(table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    oifname "wan_a" masquerade
  }
})");
  CHECK_THAT(list_ruleset(ns),
             Contains("table ip nat") && Contains("oifname \"wan_a\" masquerade"));
  CHECK(list_ruleset(other).empty());
  run_nft(ns, "flush ruleset");
  CHECK(list_ruleset(ns).empty());
}

TEST_CASE("Of commands with a mistake none is carried out, and nft's own words are told", "[nft]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  CHECK_THAT(refusal(ns, "add table ip good\nadd rule ip good nowhere masqerade"),
             Contains("load nft rules: ") && Contains("syntax error"));
  CHECK_THAT(refusal(ns, "add table ip good\nadd rule ip good nowhere accept"),
             Contains("No such file or directory"));
  CHECK(list_ruleset(ns).empty());
}
