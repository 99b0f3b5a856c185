// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "lab/network.hpp"
#include "link/choose_engine.hpp"
#include "link/impaired_link.hpp"
#include "link/proof/prover.hpp"
#include "link/wire/relay.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// A WAN link of the running lab: its plan, its slot, and what is in force on it.
struct LiveWan {
  const WanPlan* plan = nullptr;
  Slot* slot = nullptr;
  std::unique_ptr<ImpairedLink> link;
  std::unique_ptr<Prover> prover;
};

/// The network with its impaired links in force: everything but the router and the traffic.
/// Members go in reverse order: the links before the relay, the relay before the network.
class LiveLab {
 public:
  /// Throws MachineError when the engine asked for is not to be had here.
  /// `standing`: as Network has it.
  LiveLab(const Plan& plan, const ChosenEngine& engine, const StandingNetwork* standing = nullptr);

  LiveLab(const LiveLab&) = delete;
  LiveLab& operator=(const LiveLab&) = delete;
  LiveLab(LiveLab&&) = delete;
  LiveLab& operator=(LiveLab&&) = delete;
  ~LiveLab();

  [[nodiscard]] Network& network() noexcept { return network_; }
  [[nodiscard]] std::vector<LiveWan>& wans() noexcept { return wans_; }
  /// The wire engine's relay; nothing with netem.
  [[nodiscard]] Relay* relay() noexcept { return relay_.get(); }

 private:
  void add_lines(const Plan& plan, Engine engine);

  Network network_;
  std::unique_ptr<Relay> relay_;
  std::vector<LiveWan> wans_;
  std::vector<std::unique_ptr<ImpairedLink>> lines_;  ///< Of a Mininet topology.
};

}  // namespace wandrill
