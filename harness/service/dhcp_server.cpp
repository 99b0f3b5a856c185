// SPDX-License-Identifier: Apache-2.0
#include "service/dhcp_server.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/json.hpp"

namespace wandrill {
namespace {

constexpr const char* kSocket = "control";
constexpr const char* kNobody = "nobody";

const IpPrefix& ipv4_of(const PortPlan& port) {
  return *std::ranges::find_if(port.addresses, [](const IpPrefix& prefix) {
    return prefix.address.family() == Family::kIpv4;
  });
}

/// A pool of one. An address outside of every pool is none of the server's: it would not even
/// refuse it (RFC 2131 4.3.2); so what is refused stays in a pool that is for nobody.
Json pool_of(const IpAddress& address, bool is_refused) {
  Json pool{{"pool", fmt::format("{0} - {0}", to_string(address))}};
  if (is_refused) pool["client-class"] = kNobody;
  return pool;
}

Json pools_of(const DhcpOffer& offer) {
  Json pools = Json::array();
  if (offer.given) pools.push_back(pool_of(*offer.given, false));
  for (const auto& address : offer.refused)
    pools.push_back(pool_of(address, true));
  return pools;
}

Json config_of(const ServicePlan& service, const TopologyPlan& topology, const DhcpOffer& offer) {
  const auto& port = topology.wan(service.on)->isp;
  const auto& own = ipv4_of(port);
  // Kea counts in seconds. T1 and T2 as RFC 2131 4.4.5 has them.
  const auto lease = std::chrono::duration_cast<std::chrono::seconds>(service.lease).count();
  const Json subnet{
      {"id", 1},
      {"subnet", to_string(own)},
      {"pools", pools_of(offer)},
      {"option-data", Json::array({Json{{"name", "routers"}, {"data", to_string(own.address)}}})}};
  return {{"Dhcp4",
           {{"interfaces-config",
             {{"interfaces", Json::array({port.interface})}, {"dhcp-socket-type", "raw"}}},
            {"control-socket",
             {{"socket-type", "unix"},
              {"socket-name", (service_folder(service.name) / kSocket).native()}}},
            {"lease-database", {{"type", "memfile"}, {"persist", false}, {"lfc-interval", 0}}},
            {"authoritative", true},
            {"match-client-id", false},
            {"valid-lifetime", lease},
            {"renew-timer", lease / 2},
            {"rebind-timer", lease * 7 / 8},
            // Never true.
            {"client-classes", Json::array({Json{{"name", kNobody}, {"test", "'a' == 'b'"}}})},
            {"subnet4", Json::array({subnet})},
            {"loggers", Json::array({Json{
                            {"name", "kea-dhcp4"},
                            {"severity", "INFO"},
                            {"output_options", Json::array({Json{{"output", "stdout"},
                                                                 {"pattern", "%p %m\n"}}})}}})}}}};
}

}  // namespace

IpAddress leased_address(const ServicePlan& service, const TopologyPlan& topology) {
  return ipv4_of(topology.wan(service.on)->router).address;
}

ServiceLaunch dhcp_launch(const ServicePlan& service, const TopologyPlan& topology) {
  const auto folder = service_folder(service.name).native();
  const DhcpOffer offer{.given = leased_address(service, topology), .refused = {}};
  return {.node = topology.wan(service.on)->isp.node,
          .program = "kea-dhcp4",
          .package = "kea-dhcp4-server",
          .arguments = {"-c", folder + "/kea.json"},
          .environment = {{"KEA_PIDFILE_DIR", folder}, {"KEA_LOCKFILE_DIR", folder}},
          .files = {{"kea.json", config_of(service, topology, offer).dump(2)}},
          .ready = "DHCP4_STARTED",
          .as_copy = true};
}

KeaCommand KeaCommand::set_offer(const ServicePlan& service, const TopologyPlan& topology,
                                 const DhcpOffer& offer) {
  const Json command{{"command", "config-set"}, {"arguments", config_of(service, topology, offer)}};
  return {service, command.dump()};
}

KeaCommand KeaCommand::set_listening(const ServicePlan& service, bool listens) {
  const Json command{{"command", listens ? "dhcp-enable" : "dhcp-disable"}};
  return {service, command.dump()};
}

KeaCommand::KeaCommand(const ServicePlan& service, const std::string& text)
    : service_{service.name},
      socket_{check(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "open a control socket")} {
  const auto path = (service_folder(service.name) / kSocket).native();
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  check(::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
        "reach the DHCP server of service '{}' at {}", service.name, path);
  const auto sent = check(::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL),
                          "command the DHCP server of service '{}'", service.name);
  if (static_cast<std::size_t>(sent) != text.size())
    throw MachineError{
        fmt::format("the DHCP server of service '{}' took only a part of a command", service.name)};
}

bool KeaCommand::is_done() {
  std::array<char, 4096> buffer{};
  while (!done_) {
    const auto size = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0) return false;
    if (size > 0) {
      answer_.append(buffer.data(), static_cast<std::size_t>(size));
      continue;
    }
    const auto answer = Json::parse(answer_, nullptr, false);
    if (!answer.is_object() || answer.value("result", 1) != 0)
      throw MachineError{
          fmt::format("the DHCP server of service '{}' refused a command: {}", service_, answer_)};
    done_ = true;
  }
  return true;
}

}  // namespace wandrill
