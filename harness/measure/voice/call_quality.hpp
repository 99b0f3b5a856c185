// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/flow/burst_gap.hpp"
#include "measure/flow/flow_statistics.hpp"
#include "measure/voice/playout.hpp"

namespace wandrill {

/// How a listener would rate a stretch of a call.
struct VoiceScore {
  TimeSpan span;
  double loss_percent = 0.0;  ///< Lost and discarded.
  double burst_ratio = 1.0;   ///< As observed, not clamped.
  double r = 0.0;
  double mos = 1.0;
  double accuracy = 0.0;      ///< ± of the MOS: one packet more or less.
  double tester_share = 0.0;  ///< How much better it would be without losses by the tester.
};

/// Windows of this length, each a step after the one before.
inline constexpr Nanos kMosWindow = std::chrono::seconds{8};
inline constexpr Nanos kMosStep = std::chrono::seconds{1};

/// A call's flow, ready to be rated.
class CallQuality {
 public:
  /// `run` must outlive it.
  CallQuality(const RunIndex& run, FlowId flow);

  /// The whole of `spans`; nothing if no packet was sent in them.
  [[nodiscard]] std::optional<VoiceScore> score(const std::vector<TimeSpan>& spans) const;
  /// The worst of all windows within the spans; a span shorter than a window is one.
  [[nodiscard]] std::optional<VoiceScore> worst_window(const std::vector<TimeSpan>& spans) const;
  /// The flow's metrics that only voice has; `readings` hold those that all flows have.
  void measure(const std::vector<TimeSpan>& spans, Readings& readings) const;

 private:
  /// What was heard of some packets in a row.
  struct Listened {
    LossRuns runs;
    Nanos delays{0};
    std::uint64_t played = 0;
    std::uint64_t discarded = 0;

    /// Takes what was heard of the packets that follow.
    void join(const Listened& next);
  };

  [[nodiscard]] Listened listen(const TimeSpan& span) const;
  [[nodiscard]] Listened listen(const std::vector<TimeSpan>& spans) const;
  void measure_bursts(const std::vector<TimeSpan>& spans, Readings& readings) const;
  void measure_interruptions(const std::vector<TimeSpan>& spans, Readings& readings) const;
  /// `listened`: to the whole of `spans`.
  [[nodiscard]] std::optional<VoiceScore> score(const std::vector<TimeSpan>& spans,
                                                const Listened& listened) const;
  [[nodiscard]] Nanos excused_within(const TimeSpan& span) const;

  const RunIndex& run_;
  FlowId flow_;
  const CallPlan& call_;
  Playout playout_;
  std::vector<LossPeriod> stalled_;  ///< Those that the tester may have caused.
};

/// What people make of an interruption: "inaudible" below 150 ms, "a glitch" below 1 s, "degraded"
/// below 3 s, "severe" below 10 s, "hung up on" below 32 s, "dropped".
std::string_view interruption_word(Nanos length);
/// Shorter ones are not heard: WebRTC's NetEq counts from there.
inline constexpr Nanos kAudible = std::chrono::milliseconds{150};

}  // namespace wandrill
