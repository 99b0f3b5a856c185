// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/pattern.hpp"
#include "plan/topology/router_plan.hpp"

namespace wandrill {

/// What a line of the router's log says by the patterns of its profile.
class LogPatterns {
 public:
  /// Throws PatternError, which a plan that was checked does not lead to.
  explicit LogPatterns(const RouterPlan& router);

  struct Reading {
    std::optional<Clock::time_point>
        stamp;            ///< When the router says that it was; nothing: unknown.
    std::string meaning;  ///< "wan_down", "wan_up", "switch"; empty: none.
    std::string wan;      ///< The first group of the pattern that matched.
  };
  [[nodiscard]] Reading read(std::string_view line) const;

 private:
  struct Meaning {
    const char* word;
    Pattern pattern;
  };
  std::vector<Meaning> meanings_;
  std::optional<Pattern> stamp_;
};

}  // namespace wandrill
