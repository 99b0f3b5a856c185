// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include <sys/wait.h>

#include "base/testing/catch.hpp"
#include "net/nft.hpp"
#include "net/route.hpp"
#include "net/testing/private_namespaces.hpp"
#include "refrouter/testing/live_router.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

constexpr auto k4 = Family::kIpv4;

}  // namespace

TEST_CASE("Commands move the traffic, and say what is the case", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  MiniLab lab;
  EchoServers echo;
  LiveRouter router{lab, echo, Json::object()};
  router.wait_for("ready");

  CHECK(router.command("failover").first == 0);
  CHECK(router.wait_for("switch", "wan_b")["reason"] == "command");
  CHECK(default_interface(lab.router, k4) == "wan_b");
  CHECK_FALSE(router.comes_within("switch", 1s));  // stays, though wan_a is up and failback is on
  const auto [status, text] = router.command("status");
  CHECK(status == 0);
  CHECK(Json::parse(text)["active"] == "wan_b");
  CHECK(Json::parse(text)["by_hand"] == true);

  CHECK(router.command("failback").first == 0);
  router.wait_for("switch", "wan_a");
  CHECK(default_interface(lab.router, k4) == "wan_a");

  lab.set_silent(lab.isp_b, true);
  router.wait_for("wan_down", "wan_b");
  const auto refused = router.command("failover");
  CHECK(refused.first == 1);
  CHECK_THAT(refused.second, Catch::Contains("no other WAN works"));
  CHECK(router.command("fail").first == 2);
}

TEST_CASE("A reload takes a good configuration and refuses a bad one", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  MiniLab lab;
  EchoServers echo;
  LiveRouter router{lab, echo, Json::object()};
  router.wait_for("ready");
  router.command("failover");
  router.wait_for("switch", "wan_b");

  router.write_raw_config(R"({"wans": [], "interval": 5})");
  router.child().send_signal(SIGHUP);
  CHECK_THAT(router.wait_for("reload_failed")["message"].get<std::string>(),
             Catch::Contains("interval: a duration with its unit is needed"));
  CHECK(router.command("reload").first == 1);
  CHECK_THAT(list_ruleset(lab.router.ns), Catch::Contains("masquerade"));

  router.write_config({{"nat", "snat"}, {"hold_down", "100ms"}});
  router.child().send_signal(SIGHUP);
  router.wait_for("reload");
  CHECK_THAT(list_ruleset(lab.router.ns), Catch::Contains("snat ip to 100.64.1.2"));
  router.wait_for("switch", "wan_a");  // what was done by hand ended with the old configuration
  lab.set_silent(lab.isp_a, true);
  router.wait_for("switch", "wan_b");  // the new checks work
}

TEST_CASE("A router that is stopped or killed leaves its routes, and the next one takes them over",
          "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  MiniLab lab;
  EchoServers echo;
  const auto rules_after = [&](int signal) {
    LiveRouter router{lab, echo, Json::object()};
    router.wait_for("ready");
    router.child().send_signal(signal);
    CHECK(router.wait_for_end() == (signal == SIGTERM ? 0 : 128 + signal));
    return dump_rules(lab.router.netlink, k4);
  };
  const auto first = rules_after(SIGKILL);
  CHECK(default_interface(lab.router, k4) == "wan_a");
  CHECK(rules_after(SIGTERM) == first);
  CHECK(default_interface(lab.router, k4) == "wan_a");
  CHECK(default_interface(lab.router, k4, 102) == "wan_b");
}

TEST_CASE("A wrong configuration ends the router before anything is changed", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  MiniLab lab;
  EchoServers echo;
  const auto before = dump_rules(lab.router.netlink, k4);
  {
    LiveRouter router{lab, echo, {{"hold_down", "3"}, {"fail_back", "on"}}};
    CHECK(router.wait_for_end() == 2);
    CHECK_THAT(router.all_output(), Catch::Contains("router.json: hold_down: a duration"));
    CHECK_THAT(router.all_output(), Catch::Contains("fail_back: no such key"));
  }
  {
    auto wans = lab_settings()["wans"];
    wans[1]["interface"] = "wan_c";
    LiveRouter router{lab, echo, {{"wans", wans}}};
    CHECK(router.wait_for_end() == 3);
    CHECK_THAT(router.all_output(), Catch::Contains("wan_c"));
  }
  CHECK(dump_rules(lab.router.netlink, k4) == before);
  CHECK(default_interface(lab.router, k4).empty());
  CHECK(list_ruleset(lab.router.ns).empty());
}

TEST_CASE("A router that was frozen does not take its own sleep for a dead WAN", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  MiniLab lab;
  EchoServers echo;
  LiveRouter router{lab, echo, Json::object()};
  router.wait_for("ready");
  router.child().send_signal(SIGSTOP);
  CHECK_FALSE(router.comes_within("wan_down", 1s));
  router.child().send_signal(SIGCONT);
  CHECK_FALSE(router.comes_within("wan_down", 1s));
}
