// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace wandrill {

/// What has happened in a run, by name, for steps that wait for it: "failover", "failback",
/// "wan_down", "wan_up", "switch", and the labels of faults and restores once they are seen on the
/// wire.
class EventLog {
 public:
  void post(const std::string& name, RunInstant at);

  /// The first event of this name at or after `since`.
  [[nodiscard]] std::optional<RunInstant> first(std::string_view name, RunInstant since) const;
  /// The last event of this name, whenever it was.
  [[nodiscard]] std::optional<RunInstant> last(std::string_view name) const;

 private:
  struct Entry {
    std::string name;
    RunInstant at;
  };
  std::deque<Entry> entries_;  ///< The latest.
};

}  // namespace wandrill
