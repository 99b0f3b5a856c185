// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "measure/index/tap_observations.hpp"
#include "measure/measurements.hpp"
#include "measure/time_span.hpp"
#include "plan/plan.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// A time in which a flow's packets left by one WAN without a pause.
struct EgressRun {
  std::uint8_t wan = 0;
  RunInstant first;
  RunInstant last;
};

/// Which way the packets of one outgoing flow left the router.
struct Egress {
  FlowId flow = 0;
  bool on_schedule = true;  ///< It never pauses by itself, as TCP does.
  TapObservations sightings;
  std::vector<EgressRun> runs;

  /// The run that was under way at `at`, or the last before it.
  [[nodiscard]] const EgressRun* run_at(RunInstant at) const;
  /// How many packets were seen within `span`, in all and by WANs other than `wan`.
  struct Count {
    std::uint64_t all = 0;
    std::uint64_t elsewhere = 0;
  };
  [[nodiscard]] Count count(const TimeSpan& span, std::uint8_t wan) const;
};

/// An outer packet of a tunnel, on a tap.
struct OuterPacket {
  RunInstant at;
  std::uint8_t wan = 0;
};

/// Packets of a flow within a tunnel that a WAN saw all the same.
struct InClear {
  std::uint64_t packets = 0;
  RunInstant first;

  void count(RunInstant at) { first = packets++ == 0 ? at : std::min(first, at); }
};

/// What the taps saw, read once.
struct TapIndex {
  std::vector<Egress> egress;  ///< One for each outgoing flow that they saw.
  /// Of the flows of tunnels, in order of time; by FlowId.
  std::vector<std::vector<OuterPacket>> outer;
  /// How many packets of flows that should be in a tunnel they saw within the timeline; by FlowId.
  std::vector<InClear> in_clear;
};

TapIndex index_taps(const Plan& plan, const Recording& recording, const TimeSpan& timeline);

/// Packets that left by one WAN with the router's address on another.
std::vector<ForeignSource> find_foreign_sources(const Plan& plan, const Recording& recording,
                                                const Egress& egress);

}  // namespace wandrill
