// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "measure/measurements.hpp"
#include "measure/time_span.hpp"
#include "plan/plan.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// A packet of an outgoing flow, as a tap saw it leave the router.
struct Sighting {
  RunTime at;
  std::uint32_t sequence = 0;
  std::uint16_t source = 0;  ///< Index into Recording::addresses.
  std::uint8_t wan = 0;      ///< Index into the plan's WANs.
};

/// A time in which a flow's packets left by one WAN without a pause.
struct EgressRun {
  std::uint8_t wan = 0;
  RunTime first;
  RunTime last;
};

/// Which way the packets of one outgoing flow left the router.
struct Egress {
  FlowId flow = 0;
  bool on_schedule = true;          ///< It never pauses by itself, as TCP does.
  std::vector<Sighting> sightings;  ///< In order of time.
  std::vector<EgressRun> runs;

  /// The run that was under way at `at`, or the last before it.
  [[nodiscard]] const EgressRun* run_at(RunTime at) const;
  /// How many packets were seen within `span`, in all and by WANs other than `wan`.
  struct Count {
    std::uint64_t all = 0;
    std::uint64_t elsewhere = 0;
  };
  [[nodiscard]] Count count(const TimeSpan& span, std::uint8_t wan) const;
};

/// One for each outgoing flow that the taps saw.
std::vector<Egress> index_egress(const Plan& plan, const Recording& recording);

/// Packets that left by one WAN with the router's address on another.
std::vector<ForeignSource> find_foreign_sources(const Plan& plan, const Recording& recording,
                                                const Egress& egress);

}  // namespace wandrill
