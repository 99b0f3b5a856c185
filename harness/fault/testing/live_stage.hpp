// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/unique_fd.hpp"
#include "fault/lab_fault.hpp"
#include "fault/wan_state.hpp"
#include "lab/testing/in_cell.hpp"

namespace wandrill::testing {

/// A plan of the shipped home office with these steps and no phase jitter.
Plan plan_with(const std::string& timeline);

/// The lab of a plan, in force, its router not started: the router's node sends by wan_a, as a
/// router would.
class LiveStage {
 public:
  explicit LiveStage(const std::string& timeline);

  /// The plan's faults in order.
  [[nodiscard]] const FaultAction& fault(std::size_t number) const { return *faults_.at(number); }
  [[nodiscard]] std::unique_ptr<LabFault> make(std::size_t number) {
    return make_lab_fault(fault(number), stage_);
  }
  [[nodiscard]] const Plan& plan() const noexcept { return plan_; }
  [[nodiscard]] LiveLab& lab() noexcept { return lab_; }
  [[nodiscard]] LiveNode& node(const char* name) { return lab_.network().node(name); }
  [[nodiscard]] Router& router() noexcept { return router_; }
  [[nodiscard]] const LabFaultStage& stage() const noexcept { return stage_; }

  /// What may not change for good, of every node: routes, rules, nft tables, hardware addresses,
  /// ports, kernel settings; and what every line does.
  [[nodiscard]] std::string everything();

 private:
  Plan plan_;
  std::vector<const FaultAction*> faults_;
  LiveLab lab_;
  Router router_;
  LabFaultStage stage_;
};

/// What `ask` says once it says yes to everything, or after 5 s: a neighbour that is asked for anew
/// and a link that comes up take the kernel up to a second.
Json soon(const std::function<Json()>& ask);

/// "" when both are the same, else the lines that are in only one of them.
std::string difference(const std::string& before, const std::string& after);

/// Waits for evidence as a run does; "" when it did not come.
std::string wait_for_evidence(LabFault& fault);

/// Two UDP sockets that know each other, one on the router, one beyond; every datagram has DF set
/// and is not held back by what the path is known to carry.
class Talk {
 public:
  Talk(LiveStage& stage, const char* router_address, const char* node, const char* far_address,
       std::uint16_t port = 7777);

  /// Whether one of several datagrams of this size arrives, with IP and UDP headers.
  bool up(std::size_t size = 100);
  bool down(std::size_t size = 100);
  /// As down(), to where the last datagram up came from.
  bool back();
  /// The round trip of the quickest of a few; nothing when none comes back.
  std::optional<Nanos> round_trip();
  /// Longest less shortest round trip of several.
  Nanos spread();
  /// How many of so many datagrams up, sent at once, arrive.
  int burst(int count, std::size_t size);
  /// From the first to the last arrival of such a burst.
  Nanos burst_time(int count, std::size_t size);
  /// Where the last datagram up came from: "192.0.2.1:40123".
  [[nodiscard]] const std::string& seen_from() const noexcept { return seen_from_; }
  /// The MTU that an ICMP error told the sender of; 0: none came.
  std::uint32_t told_up();
  std::uint32_t told_down();

 private:
  struct End {
    UniqueFd socket;
    SocketAddress address;
    std::uint32_t told_mtu = 0;
  };
  bool passes(End& from, End& to, const SocketAddress& target, std::size_t size);
  bool takes(End& to, std::uint32_t number, int wait_ms);
  /// Takes note of what ICMP told.
  static void hear_errors(End& end);
  std::vector<Nanos> round_trips(int count);
  std::vector<Clock::time_point> arrivals(int count, std::size_t size);

  std::size_t overhead_;
  End near_;
  End far_;
  SocketAddress seen_;
  std::string seen_from_;
  std::uint32_t number_ = 0;
};

}  // namespace wandrill::testing
