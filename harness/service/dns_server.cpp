// SPDX-License-Identifier: Apache-2.0
#include "service/dns_server.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/files.hpp"

namespace wandrill {
namespace {

constexpr const char* kBehaviourFile = "behaviour";

/// In front of every rule: what the behaviour file says. Its absence means "as it should".
constexpr std::string_view kBehaviour = R"lua(
local function behave(dq)
  local file = io.open("{file}")
  if not file then return DNSAction.None, "" end
  local mode, delay, ipv4, ipv6 = file:read("*a"):match("(%S+) (%S+) (%S+) (%S+)")
  file:close()
  if mode == "timeout" then return DNSAction.Drop, "" end
  if mode == "servfail" then return DNSAction.ServFail, "" end
  if mode == "slow" then return DNSAction.Delay, delay end
  if mode == "hijack" then
    if dq.qtype == DNSQType.A and ipv4 ~= "-" then return DNSAction.Spoof, ipv4 end
    if dq.qtype == DNSQType.AAAA and ipv6 ~= "-" then return DNSAction.Spoof, ipv6 end
    dq.dh:setQR(true)
    return DNSAction.HeaderModify, ""
  end
  return DNSAction.None, ""
end
addAction(AllRule(), LuaAction(behave))
)lua";

std::string listening_text(const IpAddress& address) {
  return address.family() == Family::kIpv4 ? to_string(address) + ":53"
                                           : "[" + to_string(address) + "]:53";
}

const ServerPlan& server_of(const ServicePlan& service, const TopologyPlan& topology) {
  return *std::ranges::find(topology.servers, service.on, &ServerPlan::name);
}

std::string quoted_list(const std::vector<IpAddress>& addresses) {
  std::vector<std::string> texts;
  for (const auto& address : addresses)
    texts.push_back('"' + to_string(address) + '"');
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string config_of(const ServicePlan& service, const TopologyPlan& topology) {
  // It may be asked by anybody, asks nobody itself, and never looks for updates.
  std::string config =
      "setSecurityPollSuffix(\"\")\n"
      "setACL({\"0.0.0.0/0\", \"::/0\"})\n";
  for (const auto& address : server_of(service, topology).addresses)
    config += fmt::format("addLocal(\"{}\")\n", listening_text(address));
  std::string behaviour{kBehaviour};
  const std::string_view hole{"{file}"};
  behaviour.replace(behaviour.find(hole), hole.size(),
                    (service_folder(service.name) / kBehaviourFile).native());
  config += behaviour;
  for (const auto& known : topology.servers) {
    const auto name = dns_name(known.name, service);
    config += fmt::format(
        "addAction(makeRule(\"{0}.\"), SpoofAction({{{1}}}, {{aa=true}}))\n"
        // What it has no record of (an A of a server without IPv4): the name is there all the same.
        "addAction(makeRule(\"{0}.\"), RCodeAction(DNSRCode.NOERROR, {{aa=true}}))\n",
        name, quoted_list(known.addresses));
  }
  config += fmt::format(
      "addAction(makeRule(\"{}.\"), RCodeAction(DNSRCode.NXDOMAIN, {{aa=true}}))\n"
      "addAction(AllRule(), RCodeAction(DNSRCode.REFUSED))\n",
      service.zone);
  return config;
}

}  // namespace

std::string dns_name(const std::string& server, const ServicePlan& service) {
  return server + "." + service.zone;
}

ServiceLaunch dns_launch(const ServicePlan& service, const TopologyPlan& topology) {
  const auto& server = server_of(service, topology);
  return {.node = server.node,
          .program = "dnsdist",
          .package = "dnsdist",
          .arguments = {"--supervised", "--disable-syslog", "-C",
                        (service_folder(service.name) / "dnsdist.conf").native()},
          .files = {{"dnsdist.conf", config_of(service, topology)}},
          // The last line before it answers.
          .ready = "No downstream servers defined"};
}

void set_dns_behaviour(const ServicePlan& service, const LabFaultValue& fault) {
  const auto of_family = [&](Family family) {
    const auto found = std::ranges::find(fault.addresses, family, &IpAddress::family);
    return found == fault.addresses.end() ? std::string{"-"} : to_string(*found);
  };
  const auto delay_ms = std::chrono::duration_cast<std::chrono::milliseconds>(fault.delay).count();
  write_file(service_folder(service.name) / kBehaviourFile,
             fmt::format("{} {} {} {}\n", to_string(fault.mode), delay_ms, of_family(Family::kIpv4),
                         of_family(Family::kIpv6)));
}

void reset_dns_behaviour(const ServicePlan& service) {
  std::filesystem::remove(service_folder(service.name) / kBehaviourFile);
}

}  // namespace wandrill
