// SPDX-License-Identifier: Apache-2.0
#include "fault/dhcp_fault.hpp"

#include "base/testing/catch.hpp"
#include "fault/testing/service_lab.hpp"
#include "lab/programs.hpp"
#include "net/link.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

constexpr const char* kNoServer = "kea-dhcp4 is not installed (ci/setup does it)";

Plan with_dhcp() {
  Plan plan{.topology = home_office()};
  plan.topology.services = {
      {.name = "leases", .kind = ServiceKind::kDhcp, .on = "wan_a", .lease = 16s}};
  return plan;
}

FaultAction dhcp(ServiceMode mode) {
  return {
      .kind = FaultKind::kDhcp,
      .wan = "wan_a",
      .lab = {.mode = mode,
              .addresses = mode == ServiceMode::kNewAddress ? std::vector{address("100.64.1.77")}
                                                            : std::vector<IpAddress>{}}};
}

/// What a client on the line gets: "offer 100.64.1.2", "ack 100.64.1.2", "nak", "silence".
std::string ask(const DhcpSpot& spot, DhcpType type, const char* about = "0.0.0.0") {
  DhcpExchange exchange{spot, type, address(about)};
  while (!exchange.poll() && exchange.waited() < 600ms)
    std::this_thread::sleep_for(1ms);
  const auto& reply = exchange.poll();
  if (!reply) return "silence";
  if (reply->type == DhcpType::kNak) return "nak";
  return (reply->type == DhcpType::kOffer ? "offer " : "ack ") + to_string(reply->address);
}

/// A newcomer, a client with the usual address, a client with the other one.
Json ask_all(const DhcpSpot& spot) {
  return Json{ask(spot, DhcpType::kDiscover), ask(spot, DhcpType::kRequest, "100.64.1.2"),
              ask(spot, DhcpType::kRequest, "100.64.1.77")};
}

Json break_and_restore(ServiceMode mode) {
  ServiceLab lab{with_dhcp()};
  // At the router's own port: questions and answers cross the impaired line.
  auto& router = lab.node("router");
  const DhcpSpot spot{
      .ns = router.ns, .interface = "wan_a", .client = mac_of(router.netlink, "wan_a")};
  const auto fault = lab.fault(dhcp(mode));
  Json seen{{"before", ask_all(spot)}};
  fault->apply();
  seen["evidence"] = wait_for_evidence(*fault);
  seen["broken"] = ask_all(spot);
  fault->undo();
  seen["undone_evidence"] = wait_for_evidence(*fault);
  seen["restored"] = ask_all(spot);
  seen["log"] = lab.output();
  return seen;
}

void check_mode(ServiceMode mode, const Json& broken, const std::string& other,
                const char* evidence) {
  if (find_program("kea-dhcp4").empty()) WANDRILL_SKIP(kNoServer);
  const auto seen = in_cell([mode] { return break_and_restore(mode); });
  INFO(seen.dump(2));
  REQUIRE(seen.contains("restored"));
  // An address of which the server knows nothing is none that it answers for.
  CHECK(seen["before"] == Json{"offer 100.64.1.2", "ack 100.64.1.2", "silence"});
  CHECK(seen["evidence"] == evidence);
  CHECK(seen["broken"] == broken);
  CHECK(seen["undone_evidence"] == "isp_a offers 100.64.1.2");
  CHECK(seen["restored"] == Json{"offer 100.64.1.2", "ack 100.64.1.2", other});
}

}  // namespace

TEST_CASE("A DHCP server that refuses gives a NAK and offers nothing until it is restored",
          "[dhcp]") {
  check_mode(ServiceMode::kNak, Json{"silence", "nak", "silence"}, "silence",
             "isp_a refuses 100.64.1.2 (DHCPNAK)");
}

TEST_CASE("A silent DHCP server lets leases run out until it is restored", "[dhcp]") {
  check_mode(ServiceMode::kExpiry, Json{"silence", "silence", "silence"}, "silence",
             "isp_a answers nothing within 300ms");
}

TEST_CASE("A DHCP server with a new address refuses the old one, and afterwards the new one",
          "[dhcp]") {
  check_mode(ServiceMode::kNewAddress, Json{"offer 100.64.1.77", "nak", "ack 100.64.1.77"}, "nak",
             "isp_a refuses 100.64.1.2 (DHCPNAK) and offers 100.64.1.77");
}
