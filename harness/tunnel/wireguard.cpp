// SPDX-License-Identifier: Apache-2.0
#include "tunnel/wireguard.hpp"

#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wandrill {
namespace {

/// The number behind `key` in an answer.
std::optional<long long> number_of(const std::string& answer, const std::string& key) {
  const auto start = ("\n" + answer).find("\n" + key + "=");
  if (start == std::string::npos) return std::nullopt;
  const char* first = answer.data() + start + key.size() + 1;
  long long value = 0;
  const auto [end, error] = std::from_chars(first, answer.data() + answer.size(), value);
  if (error != std::errc{} || end == answer.data() + answer.size() || *end != '\n')
    return std::nullopt;
  return value;
}

std::string hexadecimal(const WireguardKeyBytes& key) {
  return fmt::format("{:02x}", fmt::join(key, ""));
}

/// All of the other end's addresses within the tunnel, and no more.
std::vector<IpPrefix> whole(const IpPrefix& v4, const IpPrefix& v6) {
  return {{v4.address, 32}, {v6.address, 128}};
}

std::string end_text(const EndpointPlan& end) {
  return end.address.family() == Family::kIpv4
             ? fmt::format("{}:{}", to_string(end.address), end.port)
             : fmt::format("[{}]:{}", to_string(end.address), end.port);
}

}  // namespace

std::string wireguard_server_setup(const SessionPlan& session, const WireguardKey& own,
                                   const WireguardKey& peer) {
  const auto& tunnel = *session.of<TunnelPlan>();
  return fmt::format(
      "set=1\nprivate_key={}\nlisten_port={}\npublic_key={}\nallowed_ip={}/32\nallowed_ip={}/128\n"
      "\n",
      hexadecimal(own.secret), session.server.port, hexadecimal(peer.open),
      to_string(tunnel.client4.address), to_string(tunnel.client6.address));
}

std::string wireguard_client_setup(const SessionPlan& session, const WireguardKey& own,
                                   const WireguardKey& peer) {
  const auto& tunnel = *session.of<TunnelPlan>();
  return fmt::format(
      "set=1\nprivate_key={}\nlisten_port={}\npublic_key={}\nendpoint={}\n"
      "persistent_keepalive_interval={}\nallowed_ip={}/32\nallowed_ip={}/128\n\n",
      hexadecimal(own.secret), session.client.port, hexadecimal(peer.open),
      end_text(session.server),
      std::chrono::duration_cast<std::chrono::seconds>(tunnel.keepalive).count(),
      to_string(tunnel.server4.address), to_string(tunnel.server6.address));
}

WireguardDevice wireguard_server_device(const SessionPlan& session, const WireguardKey& own,
                                        const WireguardKey& peer) {
  const auto& tunnel = *session.of<TunnelPlan>();
  return {.secret = own.secret,
          .port = session.server.port,
          .peer = {.key = peer.open, .allowed = whole(tunnel.client4, tunnel.client6)}};
}

WireguardDevice wireguard_client_device(const SessionPlan& session, const WireguardKey& own,
                                        const WireguardKey& peer) {
  const auto& tunnel = *session.of<TunnelPlan>();
  return {.secret = own.secret,
          .port = session.client.port,
          .peer = {.key = peer.open,
                   .endpoint = SocketAddress{session.server.address, session.server.port},
                   .keepalive = std::chrono::duration_cast<std::chrono::seconds>(tunnel.keepalive),
                   .allowed = whole(tunnel.server4, tunnel.server6)}};
}

bool has_shaken_hands(const std::string& answer) {
  return number_of(answer, "last_handshake_time_sec").value_or(0) > 0;
}

std::optional<int> wireguard_error(const std::string& answer) {
  const auto number = number_of(answer, "errno");
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace wandrill
