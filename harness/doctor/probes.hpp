// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "doctor/diagnosis.hpp"

namespace wandrill {

/// What trying one thing showed. Whatever a probe throws means that it could not be tried.
struct Tried {
  Answer answer = Answer::kUnknown;
  std::string detail{};
  std::string fix{};  ///< In the place of the check's own.
};

/// Tries one thing by doing it, in namespaces that end with it.
struct Probe {
  std::string_view id;  ///< Of its Check.
  std::function<Tried()> run;
};

/// "yes" when the kernel did it (error 0), "no" when it knows of no such thing or forbids it, else
/// unknown with the kernel's words.
Tried judged(int error);

/// Each group of probes; all but the last run in a cell.
std::vector<Probe> engine_probes();   ///< cables, wire, netem
std::vector<Probe> queue_probes();    ///< The qdiscs.
std::vector<Probe> port_probes();     ///< Kinds of interface; tap.
std::vector<Probe> rule_probes();     ///< nft, conntrack, policy routing.
std::vector<Probe> tester_probes();   ///< SCHED_FIFO, timers.
std::vector<Probe> program_probes();  ///< Python, Mininet, router daemons, the reference router.
std::vector<Probe> user_probes();     ///< User namespaces; outside of a cell.

}  // namespace wandrill
