// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "measure/index/egress.hpp"
#include "measure/index/event_index.hpp"
#include "measure/index/fault_log.hpp"
#include "measure/index/flow_packets.hpp"
#include "measure/index/loss_periods.hpp"
#include "measure/index/stall_log.hpp"
#include "measure/index/switches.hpp"
#include "measure/index/transition_record.hpp"
#include "plan/plan.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// A phase of the run, and the times that it is made of, in order; without a phase: the whole run.
struct RunPart {
  std::string_view phase;
  std::vector<TimeSpan> spans;
};

/// A Recording read once, for everything that is measured. `plan` and `recording` outlive it.
struct RunIndex {
  const Plan& plan;
  const Recording& recording;
  TimeSpan timeline;  ///< What counts: from the start of the timeline to the end of the recording.
  TesterError tester;
  EventIndex events;
  StallLog stalls;
  FaultLog faults;
  std::vector<FlowPackets> packets;                   ///< By FlowId.
  std::vector<std::vector<LossPeriod>> loss_periods;  ///< By FlowId, within `timeline`.
  std::vector<Egress> egress;
  std::vector<std::vector<OuterPacket>> outer;  ///< By FlowId, see TapIndex.
  std::vector<InClear> in_clear;                ///< By FlowId, see TapIndex.
  EgressHistory history;
  std::vector<TransitionRecord> transitions;  ///< In order of time; of a whole index only.
  std::vector<RunPart>
      parts;  ///< The whole run, then each of phase_names(); of a whole index only.
  /// How long a packet may have been on its way when a fault hit it.
  Nanos in_flight{0};

  [[nodiscard]] const SessionPlan& session_of(FlowId flow) const {
    return plan.traffic.session_of(flow);
  }
  [[nodiscard]] const std::string& wan_name(std::uint8_t wan) const {
    return plan.topology.wans[wan].name;
  }
  template <typename Kind>
  [[nodiscard]] std::span<const Kind* const> events_of() const {
    return events.of<Kind>();
  }
  template <typename Kind>
  [[nodiscard]] std::span<const Kind* const> events_of(const SessionPlan& session) const {
    return events.of<Kind>(session.name);
  }
  /// Null: no tap saw the flow leave.
  [[nodiscard]] const Egress* egress_of(FlowId flow) const;
  /// The flow tells of the router's path and not of other timers: packets on a schedule outside of
  /// tunnels; every flow that should go without loss when there are no such.
  [[nodiscard]] bool is_reference_flow(FlowId flow) const;
  /// ± of a time that is read off this flow: its interval and the tester's p99 lateness.
  [[nodiscard]] Nanos accuracy_of(FlowId flow) const {
    return session_of(flow).interval + tester.late_send_p99;
  }
};

/// All but what is found out from the rest of the index: transitions and parts.
RunIndex index_run(const Plan& plan, const Recording& recording);

}  // namespace wandrill
