// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace wandrill {

/// What a check is for: without what is needed for the main job there is no drill at all.
enum class Need : std::uint8_t { kMainJob, kOptional };

/// One thing that `wandrill doctor` tries, and what its answer means to somebody who writes
/// scenarios. Each text fits on a line of a table of 100 columns.
struct Check {
  std::string_view id;     ///< "netem"; what JSON and tests name it by.
  std::string_view group;  ///< The heading it stands under.
  std::string_view name;
  std::string_view if_yes;
  std::string_view if_no;
  std::string_view fix;  ///< A command, or what else to do.
  Need need = Need::kOptional;
};

/// Every check, in the order in which they are shown; those of one group stand together.
std::span<const Check> all_checks();
/// nullptr when there is none of that id.
const Check* find_check(std::string_view id);

}  // namespace wandrill
