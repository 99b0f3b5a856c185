// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "net/route.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"
#include "refrouter/testing/client_flow.hpp"
#include "refrouter/testing/live_router.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::uint16_t kPort = 9000;
/// What must not come is waited for this long.
constexpr auto kNever = 400ms;

/// The lab with a second network behind its router, and echo servers everywhere.
struct Office {
  MiniLab lab;
  MiniLab::Node guest;
  EchoServers echo;
  LiveRouter router;

  explicit Office(const Json& settings) : router{(configure(), lab), echo, settings} {
    router.wait_for("ready");
  }

  void configure() {
    write_sysctl(guest.ns, "net.ipv6.conf.default.accept_dad", "0");
    create_veth(guest.netlink, {.ns = guest.ns, .name = "eth0"},
                {.ns = lab.router.ns, .name = "guest"});
    for (const auto* text : {"10.0.30.10/24", "fd00:0:0:30::10/64"})
      add_address(guest.netlink, interface_index(guest.netlink, "eth0"), prefix(text));
    for (const auto* text : {"10.0.30.1/24", "fd00:0:0:30::1/64"})
      add_address(lab.router.netlink, interface_index(lab.router.netlink, "guest"), prefix(text));
    add_route(guest.netlink, {.destination = prefix("0.0.0.0/0"), .gateway = address("10.0.30.1")});
    add_route(guest.netlink, {.destination = prefix("::/0"), .gateway = address("fd00:0:0:30::1")});
    echo.add(lab.internet.ns, "203.0.113.10", 7);
    for (const auto* text : {"203.0.113.10", "2001:db8:f::10"})
      echo.add(lab.internet.ns, text, kPort);
    for (const auto* text : {"192.168.1.10", "fd00:1::10"})
      echo.add(lab.client.ns, text, kPort);
    for (const auto* text : {"10.0.30.10", "fd00:0:0:30::10"})
      echo.add(guest.ns, text, kPort);
  }

  /// The provider knows a way in; nothing but the router keeps it from using that.
  void tell_provider() {
    add_route(lab.isp_a.netlink,
              {.destination = prefix("10.0.30.0/24"), .gateway = address("100.64.1.2")});
    add_route(lab.isp_a.netlink,
              {.destination = prefix("fd00:0:0:30::/64"), .gateway = address("2001:db8:a::2")});
  }

  bool reaches(const MiniLab::Node& from, const char* target, Nanos patience = 5s) {
    return ClientFlow{from.ns, echo, target}.is_answered_within(patience);
  }
};

Json with_segments(Json more) {
  more["segments"] = "corporate=lan guest=guest";
  return more;
}

}  // namespace

TEST_CASE("Segments reach the internet, and neither each other nor are they reached from it",
          "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Office office{with_segments({})};
  for (const auto* server : {"203.0.113.10", "2001:db8:f::10"}) {
    CHECK(office.reaches(office.lab.client, server));
    CHECK(office.reaches(office.guest, server));
  }
  for (const auto* corporate : {"192.168.1.10", "fd00:1::10"})
    CHECK_FALSE(office.reaches(office.guest, corporate, kNever));
  for (const auto* guest : {"10.0.30.10", "fd00:0:0:30::10"})
    CHECK_FALSE(office.reaches(office.lab.client, guest, kNever));
  office.tell_provider();
  for (const auto* guest : {"10.0.30.10", "fd00:0:0:30::10"})
    CHECK_FALSE(office.reaches(office.lab.isp_a, guest, kNever));
}

TEST_CASE("What is allowed between segments passes, and only in that direction", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Office office{with_segments({{"allow", "corporate>guest"}})};
  for (const auto* guest : {"10.0.30.10", "fd00:0:0:30::10"})
    CHECK(office.reaches(office.lab.client, guest));
  for (const auto* corporate : {"192.168.1.10", "fd00:1::10"})
    CHECK_FALSE(office.reaches(office.guest, corporate, kNever));
}

TEST_CASE("Without isolation segments are reached from each other and from outside",
          "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Office office{with_segments({{"isolation", "off"}})};
  for (const auto* corporate : {"192.168.1.10", "fd00:1::10"})
    CHECK(office.reaches(office.guest, corporate));
  office.tell_provider();
  for (const auto* guest : {"10.0.30.10", "fd00:0:0:30::10"})
    CHECK(office.reaches(office.lab.isp_a, guest));
}

TEST_CASE("A segment that a WAN is not for is dark on it, and the others are not", "[refrouter]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  Office office{with_segments({{"deny", "guest>wan_b"}})};
  CHECK(office.reaches(office.guest, "203.0.113.10"));
  CHECK(office.router.command("failover").first == 0);
  for (const auto* server : {"203.0.113.10", "2001:db8:f::10"}) {
    CHECK(office.reaches(office.lab.client, server));
    CHECK_FALSE(office.reaches(office.guest, server, kNever));
  }
}
