// SPDX-License-Identifier: Apache-2.0
#include "tunnel/tunnels.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/pressure.hpp"
#include "lab/programs.hpp"
#include "lab/waits.hpp"
#include "net/address.hpp"
#include "net/link.hpp"
#include "tunnel/keys.hpp"
#include "tunnel/openvpn.hpp"
#include "tunnel/wireguard.hpp"
#include "tunnel/wireguard_control.hpp"

namespace wandrill {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {
using namespace std::chrono_literals;

constexpr Nanos kUpWithin = 15s;
constexpr auto kLookEvery = 20ms;

/// The program and Debian's package of it bear the same name.
const char* program_of(TrafficKind kind) {
  return kind == TrafficKind::kWireguard ? "wireguard-go" : "openvpn";
}

fs::path find(const SessionPlan& session) {
  const char* program = program_of(session.kind);
  if (auto found = find_program(program); !found.empty()) return found;
  throw MachineError{fmt::format(
      "'{}' of traffic (kind {}) needs the program {}, which is not on this machine; as root, run: "
      "apt-get install {}",
      session.name, to_string(session.kind), program, program)};
}

fs::path folder_of(const std::string& session, const std::string& role) {
  return fs::path{"/run/wandrill/tunnels"} / (session + "." + role);
}

fs::path write_identity(const fs::path& folder, const TlsIdentity& identity) {
  fs::create_directories(folder);
  write_file(folder / "certificate.pem", identity.certificate);
  write_file(folder / "key.pem", identity.key);
  return folder;
}

}  // namespace

void require_tunnel_programs(const TrafficPlan& traffic) {
  std::optional<bool> in_kernel;
  for (const auto& session : traffic.sessions) {
    if (!session.of<TunnelPlan>()) continue;
    if (session.kind == TrafficKind::kWireguard) {
      if (!in_kernel) in_kernel = kernel_has_wireguard();
      if (*in_kernel) continue;
    }
    find(session);
  }
}

Tunnels::Tunnels(Network& network, const TrafficPlan& traffic, OnLine on_line)
    : network_{network}, traffic_{traffic}, on_line_{std::move(on_line)} {}

bool Tunnels::wanted() const {
  return std::ranges::any_of(traffic_.sessions, [](const SessionPlan& session) {
    return session.of<TunnelPlan>() != nullptr;
  });
}

asio::awaitable<void> Tunnels::bring_up(Notify notify) {
  std::size_t number = 0;
  for (const auto& session : traffic_.sessions) {
    if (!session.of<TunnelPlan>()) continue;
    if (session.kind == TrafficKind::kWireguard)
      co_await bring_up_wireguard(session, number++, notify);
    else
      co_await bring_up_openvpn(session, number++, notify);
  }
}

LabProgram& Tunnels::launch(const End& end, std::vector<std::string> command,
                            const std::string& ready) {
  command.insert(command.begin(), find(end.session).native());
  const auto folder = folder_of(end.session.name, end.role);
  fs::create_directories(folder);
  const auto name = end.session.name + "." + end.role;
  const auto& node = network_.node(end.node);
  return running_.emplace_back(fmt::format("{} of {}", program_of(end.session.kind), name), ready,
                               Child{node.ns,
                                     {.command = command,
                                      .folder = folder.native(),
                                      .environment = {{"LOG_LEVEL", "verbose"}},
                                      .confinement = node.confinement,
                                      .priority = Priority::kTester}},
                               [this, name](const std::string& line) { on_line_(name, line); });
}

void Tunnels::give_address(const End& end) {
  auto& netlink = network_.node(end.node).netlink;
  const auto& tunnel = *end.session.of<TunnelPlan>();
  const bool is_client = end.role == "client";
  const int index = interface_index(netlink, end.interface);
  add_address(netlink, index, is_client ? tunnel.client4 : tunnel.server4);
  add_address(netlink, index, is_client ? tunnel.client6 : tunnel.server6);
  set_link_up(netlink, end.interface);
}

asio::awaitable<void> Tunnels::bring_up_wireguard(const SessionPlan& session, std::size_t number,
                                                  const Notify& notify) {
  const End server{session, "server", session.server.node, fmt::format("wgs{}", number)};
  const End client{session, "client", session.client.node, fmt::format("wgc{}", number)};
  if (create_wireguard(network_.node(server.node).netlink, server.interface))
    co_await bring_up_in_kernel(server, client, notify);
  else
    co_await bring_up_in_user_space(server, client, notify);
}

asio::awaitable<void> Tunnels::bring_up_in_kernel(const End& server, const End& client,
                                                  const Notify& notify) {
  Patience patience{kUpWithin, look_now()};
  const auto& name = server.session.name;
  on_line_(name, "both ends are the kernel's");
  create_wireguard(network_.node(client.node).netlink, client.interface);
  const auto server_key = WireguardKey::generate();
  const auto client_key = WireguardKey::generate();
  auto at_server = wireguard_server_device(server.session, server_key, client_key);
  at_server.name = server.interface;
  WireguardControl{network_.node(server.node).ns}.configure(at_server);
  give_address(server);
  auto at_client = wireguard_client_device(client.session, client_key, server_key);
  at_client.name = client.interface;
  WireguardControl control{network_.node(client.node).ns};
  control.configure(at_client);
  give_address(client);
  while (!control.has_shaken_hands(client.interface)) {
    if (patience.is_over(look_now()))
      throw MachineError{
          fmt::format("WireGuard of {} (the kernel's) did not reach its server within {}", name,
                      patience.text())};
    co_await pause_for(kLookEvery);
  }
  patience.notify_if_stretched(
      notify, fmt::format("WireGuard of {} (the kernel's) reached its server", name));
}

asio::awaitable<void> Tunnels::bring_up_in_user_space(const End& server, const End& client,
                                                      const Notify& notify) {
  Patience patience{kUpWithin, look_now()};
  const auto& session = server.session;
  // Their control sockets stand in one folder, so no two may have the same name.
  auto& at_server = launch(server, {"-f", server.interface}, "UAPI listener started");
  auto& at_client = launch(client, {"-f", client.interface}, "UAPI listener started");
  co_await at_server.wait_until_ready(patience, notify);
  co_await at_client.wait_until_ready(patience, notify);
  const auto server_key = WireguardKey::generate();
  const auto client_key = WireguardKey::generate();
  ask_wireguard(server.interface, wireguard_server_setup(session, server_key, client_key), notify);
  give_address(server);
  ask_wireguard(client.interface, wireguard_client_setup(session, client_key, server_key), notify);
  give_address(client);
  for (;;) {
    const auto answer = ask_wireguard(client.interface, "get=1\n\n", notify);
    if (answer && has_shaken_hands(*answer)) break;
    at_client.take_output();
    if (patience.is_over(look_now()))
      at_client.fail("did not reach its server within " + patience.text());
    co_await pause_for(kLookEvery);
  }
  patience.notify_if_stretched(notify,
                               fmt::format("WireGuard of {} reached its server", session.name));
}

asio::awaitable<void> Tunnels::bring_up_openvpn(const SessionPlan& session, std::size_t number,
                                                const Notify& notify) {
  Patience patience{kUpWithin, look_now()};
  const End server{session, "server", session.server.node, fmt::format("ovs{}", number)};
  const End client{session, "client", session.client.node, fmt::format("ovc{}", number)};
  const auto server_identity = TlsIdentity::generate("server");
  const auto client_identity = TlsIdentity::generate("client");
  const auto folder = write_identity(folder_of(session.name, server.role), server_identity);
  write_identity(folder_of(session.name, client.role), client_identity);
  fs::create_directories(folder / kClientFolder);
  write_file(folder / kClientFolder / "DEFAULT", openvpn_client_addresses(session));
  auto& at_server =
      launch(server, openvpn_server(session, server.interface, client_identity.fingerprint),
             kOpenvpnReady);
  co_await at_server.wait_until_ready(patience, notify);
  auto& at_client =
      launch(client, openvpn_client(session, client.interface, server_identity.fingerprint),
             kOpenvpnReady);
  co_await at_client.wait_until_ready(patience, notify);
}

asio::awaitable<void> Tunnels::follow(std::size_t end) {
  auto& program = *std::next(running_.begin(), static_cast<std::ptrdiff_t>(end));
  co_await program.read_until_end();
  program.fail(end_text(*program.child().poll_status()) + " during the run");
}

bool Tunnels::owns(pid_t pid) const {
  return std::ranges::any_of(
      running_, [pid](const LabProgram& program) { return program.child().pid() == pid; });
}

}  // namespace wandrill
