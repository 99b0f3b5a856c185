// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"

namespace wandrill {

/// Events that `after` knows; no step may have one of them as its label.
inline constexpr std::array<std::string_view, 5> kEventWords{"failover", "failback", "wan_down",
                                                             "wan_up", "switch"};

/// As the user named the step, or what is done and to what: "carrier wan_a"; empty for a step that
/// does nothing.
std::string label_of(const StepSpec& step);

enum class LabelUse { kOnce, kAgain };

/// The labels of all steps, those of repeats included, with their places. Labels that are given
/// twice (unless they may be used again) or have a meaning of their own are mistakes.
void collect_labels(const std::vector<StepSpec>& steps, LabelUse use,
                    std::map<std::string, Place>& labels, Mistakes& mistakes);

/// The labels of all faults.
std::vector<std::string> fault_labels(const std::vector<StepSpec>& steps);

}  // namespace wandrill
