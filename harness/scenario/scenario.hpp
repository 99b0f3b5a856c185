// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "base/units.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/placed.hpp"
#include "scenario/session_spec.hpp"
#include "scenario/source.hpp"
#include "scenario/topology.hpp"

namespace wandrill {

/// A state of the running lab: exactly one of these, if the user made no mistake.
struct ConditionSpec {
  Place place;
  std::optional<Placed<std::string>> egress;
  std::optional<Placed<std::string>> flowing;
  std::optional<Placed<std::string>> log;
  std::optional<Placed<std::string>> alert;   ///< Of an expectation only.
  std::optional<Placed<std::string>> by;      ///< Of an alert.
  std::optional<Placed<std::string>> silent;  ///< Of an abort condition only.
};

/// One entry of `abort`, as written.
struct AbortSpec {
  ConditionSpec condition;
  std::optional<Placed<Nanos>> lasting;  ///< The key is `for`.
};

/// Loss in bursts, as written.
struct BurstSpec {
  Place place;
  std::optional<Placed<Percent>> enter;
  std::optional<Placed<Percent>> leave;
  std::optional<Placed<Percent>> loss_in_burst;
  std::optional<Placed<Percent>> loss_between;
};

/// Which packets a fault concerns, as written.
struct FilterSpec {
  Place place;
  std::optional<Placed<std::string>> family;
  std::optional<Placed<std::string>> protocol;
  std::optional<Placed<std::string>> port;
  std::optional<Placed<std::string>> source_port;
  std::optional<Placed<std::string>> destination_port;
  std::optional<Placed<std::string>> dscp;
  std::optional<Placed<Bytes>> min_size;
  std::optional<Placed<Bytes>> max_size;
};

/// One step of the timeline, as written.
struct StepSpec {
  Place place;
  std::optional<Placed<Nanos>> at;
  std::optional<Placed<Nanos>> wait;
  std::optional<ConditionSpec> wait_until;
  std::optional<Placed<std::string>> after;
  std::optional<Placed<Nanos>> deadline;
  std::optional<Placed<std::string>> fault;
  std::optional<Placed<std::string>> on;
  std::optional<Placed<std::string>> as;
  std::optional<Placed<std::string>> direction;
  std::optional<FilterSpec> filter;
  std::optional<Placed<Percent>> loss;
  std::optional<BurstSpec> burst;
  std::optional<Placed<Percent>> correlation;
  std::optional<Placed<Percent>> reorder;
  std::optional<Placed<Percent>> duplicate;
  std::optional<Placed<Percent>> corrupt;
  std::optional<Placed<Nanos>> delay;
  std::optional<Placed<Nanos>> jitter;
  std::optional<Placed<BitsPerSecond>> rate;
  std::optional<Placed<Bytes>> queue;
  std::optional<Placed<std::string>> of;
  std::optional<Placed<Nanos>> period;
  std::optional<Placed<Percent>> duty;
  std::optional<Placed<std::uint64_t>> count;
  std::optional<Placed<Nanos>> over;
  std::optional<Placed<std::string>> mode;
  std::optional<Placed<Bytes>> mtu;
  std::optional<Placed<bool>> too_big;
  std::optional<Placed<std::string>> process;
  std::vector<Placed<std::string>> run;
  std::vector<Placed<std::string>> undo;
  std::vector<Placed<IpAddress>> addresses;  ///< The key is `address`.
  std::optional<Placed<std::string>> failover;
  std::optional<Placed<std::string>> restore;
  std::optional<Placed<std::string>> command;
  std::optional<Placed<std::uint64_t>> times;  ///< Of a repeat or a random schedule.
  std::vector<StepSpec> steps;                 ///< Likewise.
  bool is_repeat = false;
  bool is_random = false;
  std::optional<Placed<Nanos>> gap;  ///< These four: of a random schedule.
  std::optional<Placed<Nanos>> gap_up_to;
  std::optional<Placed<Nanos>> lasting;
  std::optional<Placed<Nanos>> lasting_up_to;
};

/// One expectation, as written.
struct ExpectationSpec {
  ConditionSpec condition;
  std::optional<Placed<std::string>> metric;
  std::optional<Placed<std::string>> during;
  std::optional<Placed<std::string>> at_most;
  std::optional<Placed<std::string>> at_least;
  std::optional<Placed<std::string>> equals;
  std::optional<Placed<std::string>> after;
  std::optional<Placed<Nanos>> within;
  std::optional<Placed<Nanos>> lasting;  ///< The key is `for`.
  std::optional<Placed<std::string>> session;
  std::vector<Placed<std::string>> fate;
};

/// A scenario file, as written: nothing is resolved, and every value has its place.
struct Scenario {
  Place place;
  Placed<std::string> name;
  std::string description;
  Placed<std::string> topology;        ///< Empty where there is `mininet`.
  std::optional<MininetSpec> mininet;  ///< In the place of a topology's name.
  Placed<std::string> router;
  std::optional<Placed<std::string>> engine;
  std::optional<Placed<std::uint64_t>> seed;
  std::optional<Placed<std::uint64_t>> trials;
  bool optional = false;
  bool is_steered =
      false;  ///< Its steps are told while its lab stands: plan/timeline/steered_timeline.hpp.
  std::optional<Placed<Nanos>> phase_jitter;
  std::optional<Placed<Nanos>> duration;
  std::optional<Placed<Nanos>> steady_for;
  std::optional<Placed<Nanos>> failback_within;
  std::optional<Placed<Nanos>> steady_within;
  std::optional<Placed<Nanos>> sustained_for;
  std::vector<SessionSpec> traffic;
  std::vector<StepSpec> timeline;
  std::vector<AbortSpec> aborts;
  std::vector<ExpectationSpec> expectations;
};

/// What could be read; the rest is in `mistakes`.
Scenario decode_scenario(const Source& source, Mistakes& mistakes);

}  // namespace wandrill
