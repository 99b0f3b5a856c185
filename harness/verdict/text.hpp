// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "base/names.hpp"
#include "measure/measurements.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// "31 ms", "1.02 s", "12.3 s": as precise as people speak.
std::string time_text(double seconds);
std::string time_text(Nanos duration);
/// " (from 6.3 s on)", the start of what was found; "" if nobody knows it.
std::string since_text(const std::optional<TimeSpan>& when);

/// "4.95 Mbit/s"
std::string rate_text(double bits_per_second);

/// A metric's value in its unit: "1.02 s", "2.5 %", "3".
std::string value_text(double value, MetricUnit unit);

/// With its first letter in upper case.
std::string capitalised(std::string text);

/// The fault with this id; nothing for ids of restores and commands.
const FaultAction* find_fault(const Plan& plan, const std::string& id);

/// What a fault did to its WAN, for people: "wan_a lost its link". Several WANs fail alike.
std::string fault_story(const Plan& plan, const Transition& transition);

}  // namespace wandrill
