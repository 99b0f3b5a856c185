// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/faults/fault_plan.hpp"
#include "plan/topology/router_plan.hpp"
#include "plan/topology/topology_plan.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/scenario.hpp"

namespace wandrill {

/// The rest of the plan that a fault is resolved against.
struct FaultContext {
  const TopologyPlan& topology;
  const RouterPlan& router;
};

/// A key of a step that a fault takes; see fault_keys().
struct UsedKey {
  std::string_view key;
  bool is_required = false;
};
inline constexpr bool kRequired = true;

/// Everything that is pure about one kind of fault. Null functions: there is nothing to be said.
struct FaultInfo {
  FaultKind kind = FaultKind::kCarrier;
  FaultTarget target = FaultTarget::kLink;
  std::vector<UsedKey> keys;

  /// Mistakes of the step's own keys, whatever the fault acts on.
  void (*check)(const StepSpec& step, Mistakes& mistakes) = nullptr;
  /// Sets what the keys of this kind say, and checks it against the lab. The fault has its kind,
  /// target and direction already.
  void (*resolve)(const StepSpec& step, const FaultContext& context, FaultAction& fault,
                  Mistakes& mistakes) = nullptr;
  /// "loss 5%"; null: the word.
  std::string (*text)(const FaultAction& fault) = nullptr;
  /// What the kernel's netem cannot do of it, refused with what can be done instead.
  void (*check_netem)(const StepSpec& step, Mistakes& mistakes) = nullptr;
  std::string_view story;   ///< What became of its target: "lost its link".
  std::string_view advice;  ///< For a router that did not react; empty: the common one.

  /// Of one that meets every packet; see takes_wan_away().
  bool (*takes_wan_away)(const FaultAction& fault) = nullptr;
  /// See is_momentary().
  bool (*is_momentary)(const FaultAction& fault) = nullptr;
  bool leaves_wan_good = false;       ///< The WAN is as good as before: a router must not leave it.
  bool silences_server = false;       ///< Nothing hears from the server, whatever WAN it asks by.
  bool takes_interface_down = false;  ///< Sets an interface of a node, not only its link's slot.
};

inline bool always(const FaultAction&) {
  return true;
}

/// All of them, as plan/faults/faults.cpp lists them.
std::span<const FaultInfo> fault_infos();
const FaultInfo& info_of(FaultKind kind);

/// Whether a fault of this kind takes this key of a step.
bool takes_key(FaultKind kind, std::string_view key);

}  // namespace wandrill
