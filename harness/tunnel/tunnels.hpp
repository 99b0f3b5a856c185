// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <list>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "lab/lab_program.hpp"
#include "lab/network.hpp"
#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

/// Throws MachineError, naming the package to install, when a program that a tunnel of the traffic
/// needs is not on this machine. WireGuard needs none where the kernel has it.
void require_tunnel_programs(const TrafficPlan& traffic);

/// What is at the ends of the traffic's tunnels, programs or the kernel, with keys made for this
/// run. They die with this.
class Tunnels {
 public:
  /// Told of every line that an end writes ("vpn.client").
  using OnLine = std::function<void(const std::string& end, const std::string& line)>;

  /// `network` and `traffic` must outlive it.
  Tunnels(Network& network, const TrafficPlan& traffic, OnLine on_line);

  /// The traffic has any.
  [[nodiscard]] bool wanted() const;
  /// Starts every end and waits until each tunnel stands: it needs the router. Throws MachineError
  /// with an end's last lines when it ends before, or takes longer than 15 s. `notify` is told of
  /// one that stood only because that was stretched.
  boost::asio::awaitable<void> bring_up(Notify notify);
  /// Reads an end's output until it ends, and then throws MachineError. One task for each, see
  /// count().
  boost::asio::awaitable<void> follow(std::size_t end);
  [[nodiscard]] std::size_t count() const noexcept { return running_.size(); }

  /// The ends' own processes, for the reaper of orphans.
  [[nodiscard]] bool owns(pid_t pid) const;

 private:
  struct End {
    const SessionPlan& session;
    std::string role;       ///< "client" or "server"
    std::string node;       ///< In whose namespace.
    std::string interface;  ///< Of its own choice of name.
  };
  LabProgram& launch(const End& end, std::vector<std::string> command, const std::string& ready);
  boost::asio::awaitable<void> bring_up_wireguard(const SessionPlan& session, std::size_t number,
                                                  const Notify& notify);
  boost::asio::awaitable<void> bring_up_in_kernel(const End& server, const End& client,
                                                  const Notify& notify);
  boost::asio::awaitable<void> bring_up_in_user_space(const End& server, const End& client,
                                                      const Notify& notify);
  boost::asio::awaitable<void> bring_up_openvpn(const SessionPlan& session, std::size_t number,
                                                const Notify& notify);
  void give_address(const End& end);

  Network& network_;
  const TrafficPlan& traffic_;
  OnLine on_line_;
  std::list<LabProgram> running_;
};

}  // namespace wandrill
