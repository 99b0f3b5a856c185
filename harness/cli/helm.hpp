// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <string>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "cli/live_view.hpp"
#include "lab/line_cutter.hpp"
#include "plan/timeline/steered_timeline.hpp"

namespace wandrill {

/// Who tells a steered run what to do: a step in each line of a descriptor, to its end. Steps go to
/// the cell one after another, each once the one before is done.
class Helm {
 public:
  /// `fd`: is read without blocking, and stays the caller's.
  Helm(SteeredTimeline& timeline, int fd, LiveView& view);

  /// To be polled; -1: nothing comes any more.
  [[nodiscard]] int fd() const noexcept { return is_at_end_ ? -1 : fd_; }
  /// Call when fd() is readable.
  void read();
  /// Hears what the cell says.
  void take(const Json& message);
  /// Some step was no step, or none that this lab can do.
  [[nodiscard]] bool has_refused() const noexcept { return has_refused_; }
  /// What is to be sent to the cell now; null: nothing.
  Json next();

 private:
  SteeredTimeline& timeline_;
  int fd_;
  LiveView& view_;
  LineCutter cutter_;
  std::deque<std::string> lines_;
  bool is_at_end_ = false;
  Clock::time_point begun_;  ///< When it was told that the lab stands.
  bool has_refused_ = false;
  bool has_begun_ = false;     ///< The lab stands.
  bool is_under_way_ = false;  ///< A step is.
  bool has_finished_ = false;  ///< The cell was told that no step comes any more.
};

}  // namespace wandrill
