// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace wandrill {

/// Is sent sentences for people.
using Notify = std::function<void(const std::string& text)>;

/// How long to wait for something that should come within a fixed time. Time in which this machine
/// kept programs waiting does not count, up to a limit. Pure: it is asked at each look at what is
/// waited for, and looks come every few milliseconds.
class Patience {
 public:
  /// It is over after this many times what is allowed, whatever was lost.
  static constexpr int kMostStretch = 3;

  struct Look {
    Clock::time_point at;
    /// For how long, since any beginning, programs of this machine waited for a processor.
    Nanos waited{0};
  };

  Patience(Nanos within, const Look& start) noexcept
      : within_{within}, start_{start}, last_{start} {}

  /// Another time is allowed from now on, since the same start.
  void allow(Nanos within) noexcept { within_ = within; }
  /// To be asked at each look.
  [[nodiscard]] bool is_over(const Look& now) noexcept;
  /// Of a time allowed, the time since its start, and how much of that was lost.
  [[nodiscard]] static bool is_over(Nanos within, Nanos elapsed, Nanos lost) noexcept {
    return elapsed - lost > within || elapsed > kMostStretch * within;
  }

  /// Time that does not count, until the last look: in which programs waited, or nobody looked.
  [[nodiscard]] Nanos lost() const noexcept { return lost_; }
  /// At the last look more had passed than is allowed, by enough to be worth a word.
  [[nodiscard]] bool is_stretched() const noexcept;
  /// What was waited for at most: "10s", or once it is stretched "18.3s (10s, and 8.3s during which
  /// this machine kept programs waiting)".
  [[nodiscard]] std::string text() const;
  /// What is said of something that came in spite of it: "after 14s; 10s are allowed and this
  /// machine kept programs waiting for 9.2s".
  [[nodiscard]] std::string note() const;
  /// Sends it where patience was stretched; `what` begins the sentence: "the router was ready".
  void notify_if_stretched(const Notify& notify, std::string_view what) const;

 private:
  [[nodiscard]] Nanos elapsed() const noexcept { return last_.at - start_.at; }

  Nanos within_;
  Look start_;
  Look last_;
  Nanos lost_{0};
};

}  // namespace wandrill
