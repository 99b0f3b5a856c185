// SPDX-License-Identifier: Apache-2.0
#include "tunnel/openvpn.hpp"

#include <fmt/format.h>

#include "plan/topology/topology_plan.hpp"

namespace wandrill {
namespace {

using Arguments = std::vector<std::string>;

std::string seconds_text(Nanos duration) {
  return fmt::format("{}", std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

std::string protocol_of(const SessionPlan& session, const char* tcp_role) {
  const char* family = session.server.address.family() == Family::kIpv4 ? "4" : "6";
  return session.of<TunnelPlan>()->over_tcp ? fmt::format("tcp{}-{}", family, tcp_role)
                                            : fmt::format("udp{}", family);
}

/// What both ends have: no file of the host's, no device that the kernel may lack (DCO).
Arguments common(const std::string& interface, const std::string& peer) {
  return {"--dev",
          interface,
          "--dev-type",
          "tun",
          "--topology",
          "subnet",
          "--cert",
          "certificate.pem",
          "--key",
          "key.pem",
          "--peer-fingerprint",
          peer,
          "--data-ciphers",
          "AES-128-GCM",
          "--disable-dco",
          "--persist-tun",
          "--persist-key",
          "--float",
          "--verb",
          "3"};
}

void append(Arguments& arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
}

}  // namespace

Arguments openvpn_server(const SessionPlan& session, const std::string& interface,
                         const std::string& peer) {
  const auto& tunnel = *session.of<TunnelPlan>();
  auto arguments = common(interface, peer);
  // Clients get the first address of the network after the server's: the plan's.
  append(arguments,
         {"--server", to_string(network_of(tunnel.client4).address), "255.255.255.0",
          "--ifconfig-ipv6", to_string(tunnel.server6), to_string(tunnel.client6.address),
          "--client-config-dir", kClientFolder, "--dh", "none", "--proto",
          protocol_of(session, "server"), "--local", to_string(session.server.address), "--port",
          fmt::format("{}", session.server.port), "--keepalive", seconds_text(tunnel.keepalive),
          seconds_text(tunnel.restart_after)});
  return arguments;
}

std::string openvpn_client_addresses(const SessionPlan& session) {
  return fmt::format("ifconfig-ipv6-push {} {}\n", to_string(session.of<TunnelPlan>()->client6),
                     to_string(session.of<TunnelPlan>()->server6.address));
}

Arguments openvpn_client(const SessionPlan& session, const std::string& interface,
                         const std::string& peer) {
  auto arguments = common(interface, peer);
  append(arguments,
         {"--client", "--proto", protocol_of(session, "client"), "--remote",
          to_string(session.server.address), fmt::format("{}", session.server.port), "--nobind",
          "--connect-retry", "1", "2", "--connect-timeout", "3", "--resolv-retry", "infinite"});
  return arguments;
}

}  // namespace wandrill
