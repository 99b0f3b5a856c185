// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include "base/testing/catch.hpp"
#include "net/link.hpp"
#include "net/testing/private_namespaces.hpp"
#include "refrouter/testing/client_flow.hpp"
#include "refrouter/testing/live_router.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

constexpr auto k4 = Family::kIpv4;
constexpr auto k6 = Family::kIpv6;

double seconds_of(const Json& line) {
  return line.at("monotonic").get<double>();
}

double now_in_seconds() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

/// A lab with its servers, and the router ready in it.
struct Running {
  MiniLab lab;
  EchoServers echo;
  LiveRouter router;

  explicit Running(const Json& settings = Json::object()) : router{(serve(), lab), echo, settings} {
    router.wait_for("ready");
  }
  void serve() {
    echo.add(lab.internet.ns, "203.0.113.10", 7);
    echo.add(lab.internet.ns, "203.0.113.10", 9000);
    echo.add(lab.internet.ns, "2001:db8:f::10", 9000);
  }
  ClientFlow flow(Family family) {
    return {lab.client.ns, echo, family == k4 ? "203.0.113.10" : "2001:db8:f::10"};
  }
  std::string defaults() {
    return default_interface(lab.router, k4) + " " + default_interface(lab.router, k6);
  }
};

}  // namespace

TEST_CASE("A WAN that dies silently is left in both families, and gone back to after hold-down",
          "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run;
  CHECK(run.defaults() == "wan_a wan_a");
  auto v4 = run.flow(k4);
  auto v6 = run.flow(k6);
  CHECK(v4.is_answered_within(5s));
  CHECK(v6.is_answered_within(5s));

  const double cut = now_in_seconds();
  run.lab.set_silent(run.lab.isp_a, true);
  const auto down = run.router.wait_for("wan_down", "wan_a");
  // (down_count − 1) × interval + timeout, less the answer that was already there.
  CHECK(seconds_of(down) - cut >= 0.240);
  CHECK(down["reason"] == "checks");
  const auto over = run.router.wait_for("switch", "wan_b");
  CHECK(over["from"] == "wan_a");
  CHECK(over["monotonic"] == down["monotonic"]);
  CHECK(run.defaults() == "wan_b wan_b");
  CHECK(v4.is_answered_within(5s));
  CHECK(v6.is_answered_within(5s));

  const double mended = now_in_seconds();
  run.lab.set_silent(run.lab.isp_a, false);
  const auto up = run.router.wait_for("wan_up", "wan_a");
  CHECK(seconds_of(up) - seconds_of(down) >= 0.5);
  CHECK(seconds_of(up) > mended);
  const auto back = run.router.wait_for("switch", "wan_a");
  CHECK(back["reason"] == "failback");
  CHECK(run.defaults() == "wan_a wan_a");
  CHECK(v4.is_answered_within(5s));
}

TEST_CASE("A WAN without carrier is left at once, and its routes are whole when it is back",
          "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run{Json{{"ipv6", GENERATE("on", "off")}}};
  const bool is_admin = GENERATE(false, true);
  const auto set_port = [&](bool up) {
    if (!is_admin)
      run.lab.set_carrier(run.lab.isp_a, up);
    else
      set_link_up(run.lab.router.netlink, interface_index(run.lab.router.netlink, "wan_a"), up);
  };
  set_port(false);
  CHECK(run.router.wait_for("wan_down", "wan_a")["reason"] == "carrier");
  run.router.wait_for("switch", "wan_b");
  CHECK(default_interface(run.lab.router, k4) == "wan_b");
  auto flow = run.flow(k4);
  CHECK(flow.is_answered_within(5s));

  set_port(true);
  run.router.wait_for("switch", "wan_a");
  CHECK(run.defaults() == "wan_a wan_a");
  CHECK(default_interface(run.lab.router, k4, 101) == "wan_a");
  CHECK(default_interface(run.lab.router, k6, 101) == "wan_a");
  auto v6 = run.flow(k6);
  CHECK(flow.is_answered_within(5s));
  CHECK(v6.is_answered_within(5s));
}

TEST_CASE("Without carrier watch only the checks notice a pulled cable", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run{Json{{"carrier", "off"}}};
  run.lab.set_carrier(run.lab.isp_a, false);
  CHECK(run.router.wait_for("wan_down", "wan_a")["reason"] == "checks");
}

TEST_CASE("A live flow goes on after a switch unless snat pins it and nothing flushes it",
          "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  struct Case {
    const char* nat;
    const char* flush;
    bool goes_on;
  };
  const auto variant = GENERATE(Case{"masquerade", "on", true}, Case{"snat", "on", true},
                                Case{"masquerade", "off", true}, Case{"snat", "off", false});
  CAPTURE(variant.nat, variant.flush);
  Running run{Json{{"nat", variant.nat}, {"flush_conntrack", variant.flush}}};
  auto live = run.flow(k4);
  auto live6 = run.flow(k6);
  REQUIRE(live.is_answered_within(5s));
  REQUIRE(live6.is_answered_within(5s));
  run.lab.set_silent(run.lab.isp_a, true);
  run.router.wait_for("switch", "wan_b");
  CHECK(live.is_answered_within(variant.goes_on ? 5s : 1s) == variant.goes_on);
  CHECK(live6.is_answered_within(variant.goes_on ? 5s : 1s) == variant.goes_on);
  auto fresh = run.flow(k4);
  CHECK(fresh.is_answered_within(5s));
}

TEST_CASE("Forgotten IPv6 stays on the dead WAN", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run{Json{{"ipv6", "off"}}};
  run.lab.set_silent(run.lab.isp_a, true);
  run.router.wait_for("switch", "wan_b");
  CHECK(run.defaults() == "wan_b wan_a");
  auto v6 = run.flow(k6);
  CHECK_FALSE(v6.is_answered_within(500ms));
}

TEST_CASE("Checks that leave by the wrong WAN never see the dead one", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run{Json{{"bind_checks", "off"}}};
  run.lab.set_silent(run.lab.isp_a, true);
  CHECK_FALSE(run.router.comes_within("wan_down", 1500ms));
  CHECK(run.defaults() == "wan_a wan_a");
  auto flow = run.flow(k4);
  CHECK_FALSE(flow.is_answered_within(300ms));
  run.lab.set_silent(run.lab.isp_a, false);
  // And the death of the backup looks like the death of the primary, which lives.
  run.lab.set_silent(run.lab.isp_b, true);
  CHECK(run.router.wait_for("wan_down", "wan_a")["reason"] == "checks");
}

TEST_CASE("Without detection nothing ever moves by itself", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run{Json{{"detection", "off"}}};
  run.lab.set_carrier(run.lab.isp_a, false);
  CHECK_FALSE(run.router.comes_within("switch", 1s));
  CHECK(run.defaults() == "wan_a wan_a");
  CHECK(run.router.command("failover").first == 0);
  CHECK(run.defaults() == "wan_b wan_b");
}

TEST_CASE("A check fails when fewer targets than the quorum answer", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  // Nobody echoes UDP at the second target.
  const Json targets{"203.0.113.10", "203.0.113.11"};
  SECTION("one of two is enough") {
    Running run{Json{{"check", "udp"}, {"targets", targets}, {"quorum", 1}}};
    CHECK_FALSE(run.router.comes_within("wan_down", 1s));
  }
  SECTION("both are needed") {
    Running run{Json{{"check", "udp"}, {"targets", targets}, {"quorum", 2}}};
    run.router.wait_for("wan_down");
  }
}

TEST_CASE("IPv6 targets are asked as well", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run{Json{{"targets", {"2001:db8:f::10"}}}};
  CHECK_FALSE(run.router.comes_within("wan_down", 700ms));
  run.lab.set_silent(run.lab.isp_a, true);
  run.router.wait_for("switch", "wan_b");
}

TEST_CASE("Replies leave by the WAN that the request came in by", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Running run;
  run.echo.add(run.lab.router.ns, "100.64.2.2", 9001);
  run.echo.add(run.lab.router.ns, "2001:db8:b::2", 9001);
  ClientFlow v4{run.lab.internet.ns, run.echo, "100.64.2.2", 9001};
  ClientFlow v6{run.lab.internet.ns, run.echo, "2001:db8:b::2", 9001};
  CHECK(v4.is_answered_within(5s));
  CHECK(v6.is_answered_within(5s));
  // And a client at home reaches the router by any of its addresses.
  ClientFlow home{run.lab.client.ns, run.echo, "100.64.2.2", 9001};
  CHECK(home.is_answered_within(5s));
}
