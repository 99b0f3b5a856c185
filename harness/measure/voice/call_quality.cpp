// SPDX-License-Identifier: Apache-2.0
#include "measure/voice/call_quality.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "measure/voice/emodel.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/voice_metrics.hpp"

namespace wandrill {
namespace {

constexpr auto kNothingSent = "no packet was sent";
using namespace std::chrono_literals;

double mos_of(const CallPlan& call, const VoicePath& path) {
  const Voice voice{call.codec.equipment_impairment, call.codec.loss_robustness};
  return mean_opinion_score(r_factor(voice, path));
}

/// Lost or discarded packets in a row.
struct Interruptions {
  std::uint64_t audible = 0;
  Nanos longest{0};
  RunInstant longest_at;
};

Interruptions find_interruptions(const FlowPackets& packets, const Playout& playout,
                                 const std::vector<TimeSpan>& spans) {
  Interruptions result;
  Nanos length{0};
  RunInstant begin;
  const auto end_one = [&] {
    if (length >= kAudible) ++result.audible;
    if (length > result.longest) {
      result.longest = length;
      result.longest_at = begin;
    }
    length = Nanos{0};
  };
  for (const auto& span : spans) {
    const auto range = packets.within(span);
    for (auto i = range.first; i < range.last; ++i) {
      const auto heard = playout.heard[i];
      if (heard == Heard::kUnknown) continue;
      if (heard == Heard::kPlayed) {
        end_one();
        continue;
      }
      if (length == Nanos{0}) begin = packets.scheduled(i);
      length += packets.interval();
    }
    end_one();
  }
  return result;
}

double at_seconds(RunInstant at) {
  return in_seconds(at.time_since_epoch());
}

std::vector<bool> losses(const FlowPackets& packets, const Playout& playout,
                         const std::vector<TimeSpan>& spans) {
  std::vector<bool> lost;
  for (const auto& span : spans) {
    const auto range = packets.within(span);
    for (auto i = range.first; i < range.last; ++i)
      if (playout.heard[i] != Heard::kUnknown) lost.push_back(playout.heard[i] != Heard::kPlayed);
  }
  return lost;
}

/// Where nothing was sent nothing was heard, well or badly.
void forget_voice(Readings& readings) {
  for (const auto* metric : metrics::voice::kAll)
    readings.set_nothing(*metric, kNothingSent);
}

Reading<Score> score_reading(const std::optional<VoiceScore>& score, double VoiceScore::*value) {
  if (!score) return {.note = kNothingSent};
  return {.value = Score{(*score).*value},
          .accuracy = Score{score->accuracy},
          .tester_share = Score{score->tester_share}};
}

}  // namespace

void CallQuality::Listened::join(const Listened& next) {
  runs.join(next.runs);
  delays += next.delays;
  played += next.played;
  discarded += next.discarded;
}

CallQuality::CallQuality(const RunIndex& run, FlowId flow)
    : run_{run},
      flow_{flow},
      call_{*run.session_of(flow).call},
      playout_{play_out(run.packets[flow], run.packets[flow].within(run.timeline), call_)} {
  std::ranges::copy_if(run.loss_periods[flow], std::back_inserter(stalled_),
                       [](const LossPeriod& period) { return period.stalled > Nanos{0}; });
}

CallQuality::Listened CallQuality::listen(const TimeSpan& span) const {
  const auto& packets = run_.packets[flow_];
  const auto range = packets.within(span);
  Listened listened;
  for (auto i = range.first; i < range.last; ++i) {
    const auto heard = playout_.heard[i];
    if (heard == Heard::kUnknown) continue;
    listened.runs.take(heard != Heard::kPlayed);
    if (heard == Heard::kDiscarded) ++listened.discarded;
    if (heard != Heard::kPlayed) continue;
    ++listened.played;
    listened.delays += packets.delay(i);
  }
  return listened;
}

CallQuality::Listened CallQuality::listen(const std::vector<TimeSpan>& spans) const {
  Listened listened;
  for (const auto& span : spans)
    listened.join(listen(span));
  return listened;
}

Nanos CallQuality::excused_within(const TimeSpan& span) const {
  Nanos excused{0};
  for (const auto& period : stalled_) {
    const TimeSpan gap{period.first_missing, period.first_missing + period.gap};
    excused += std::min(period.stalled, span.overlap(gap));
  }
  return excused;
}

std::optional<VoiceScore> CallQuality::score(const std::vector<TimeSpan>& spans) const {
  return score(spans, listen(spans));
}

std::optional<VoiceScore> CallQuality::score(const std::vector<TimeSpan>& spans,
                                             const Listened& listened) const {
  const auto& packets = run_.packets[flow_];
  if (listened.runs.sent() == 0) return std::nullopt;
  const Nanos network =
      listened.played == 0 ? Nanos{0} : listened.delays / static_cast<Nanos::rep>(listened.played);
  VoicePath path{
      .mouth_to_ear = network + packets.interval() + call_.codec.look_ahead + call_.playout,
      .loss_percent = listened.runs.loss_percent(),
      .burst_ratio = listened.runs.burst_ratio()};
  const Voice voice{call_.codec.equipment_impairment, call_.codec.loss_robustness};
  const double r = r_factor(voice, path);
  VoiceScore score{.span = {spans.front().from, spans.back().until},
                   .loss_percent = path.loss_percent,
                   .burst_ratio = path.burst_ratio,
                   .r = r,
                   .mos = mean_opinion_score(r)};
  const double one_packet = 100.0 / static_cast<double>(listened.runs.sent());
  auto changed = path;
  changed.loss_percent = std::min(100.0, path.loss_percent + one_packet);
  score.accuracy = score.mos - mos_of(call_, changed);
  changed.loss_percent = std::max(0.0, path.loss_percent - one_packet);
  score.accuracy = std::max(score.accuracy, mos_of(call_, changed) - score.mos);
  Nanos excused{0};
  for (const auto& span : spans)
    excused += excused_within(span);
  const double packets_excused =
      in_seconds(excused) / std::max(in_seconds(packets.interval()), 1e-9);
  changed.loss_percent = std::max(0.0, path.loss_percent - packets_excused * one_packet);
  score.tester_share = mos_of(call_, changed) - score.mos;
  return score;
}

std::optional<VoiceScore> CallQuality::worst_window(const std::vector<TimeSpan>& spans) const {
  std::optional<VoiceScore> worst;
  const auto consider = [&](const TimeSpan& window, const Listened& listened) {
    const auto score = this->score({window}, listened);
    // What the tester may have caused comes off: the window that is worst for the router counts.
    if (score && (!worst || score->mos + score->tester_share < worst->mos + worst->tester_share))
      worst = score;
  };
  for (const auto& span : spans) {
    if (span.length() <= kMosWindow) {
      consider(span, listen(span));
      continue;
    }
    constexpr std::size_t kSteps = kMosWindow / kMosStep;
    std::vector<Listened> steps;  // of a window; each is listened to once
    for (RunInstant from = span.from; from + kMosWindow < span.until; from += kMosStep) {
      while (steps.size() < kSteps) {
        const RunInstant next = from + kMosStep * static_cast<Nanos::rep>(steps.size());
        steps.push_back(listen(TimeSpan{next, next + kMosStep}));
      }
      Listened window;
      for (const auto& step : steps)
        window.join(step);
      consider({from, from + kMosWindow}, window);
      steps.erase(steps.begin());
    }
    const TimeSpan last{span.until - kMosWindow, span.until};
    consider(last, listen(last));
  }
  return worst;
}

void CallQuality::measure(const std::vector<TimeSpan>& spans, Readings& readings) const {
  using namespace metrics::voice;
  const auto listened = listen(spans);
  const auto whole = score(spans, listened);
  const auto worst = worst_window(spans);
  auto r = score_reading(whole, &VoiceScore::r);
  // Near its middle the MOS moves by 0.035 and more for each point of R.
  r.accuracy = Score{r.accuracy.value / 0.035};
  r.tester_share = Score{r.tester_share.value / 0.035};
  auto window = score_reading(worst, &VoiceScore::mos);
  if (worst) {
    window.when = worst->span;
    window.note = fmt::format("from {:.1f} s to {:.1f} s", at_seconds(worst->span.from),
                              at_seconds(worst->span.until));
  }
  if (listened.runs.sent() == 0) return forget_voice(readings);
  readings.set(kMos, score_reading(whole, &VoiceScore::mos));
  readings.set(kRFactor, r);
  readings.set(kMosWorstWindow, window);
  readings.set(kDiscarded, counted(listened.discarded));
  readings.set(kBurstRatio, {.value = Score{listened.runs.burst_ratio()}});
  measure_bursts(spans, readings);
  measure_interruptions(spans, readings);
}

void CallQuality::measure_bursts(const std::vector<TimeSpan>& spans, Readings& readings) const {
  using namespace metrics::voice;
  const auto& packets = run_.packets[flow_];
  const auto bursts = find_bursts(losses(packets, playout_, spans), packets.interval());
  readings.set(kBursts, counted(bursts.bursts));
  readings.set(kBurstDensity, counted(bursts.burst_density));
  readings.set(kBurstDuration, {.value = bursts.burst_duration, .accuracy = packets.interval()});
  readings.set(kGapDensity, counted(bursts.gap_density));
  readings.set(kGapDuration, {.value = bursts.gap_duration, .accuracy = packets.interval()});
}

void CallQuality::measure_interruptions(const std::vector<TimeSpan>& spans,
                                        Readings& readings) const {
  using namespace metrics::voice;
  const auto interruptions = find_interruptions(run_.packets[flow_], playout_, spans);
  const Seconds share{readings.at(metrics::flow::kLongestGap).tester_share};
  auto audible = counted(interruptions.audible);
  audible.tester_share = Count{share > Seconds{0} ? 1.0 : 0.0};
  readings.set(kInterruptions, audible);
  Reading<Seconds> longest{.value = interruptions.longest,
                           .accuracy = run_.accuracy_of(flow_),
                           .tester_share = std::min<Seconds>(share, interruptions.longest)};
  if (interruptions.longest > Nanos{0}) {
    longest.note = fmt::format("{}, at {:.1f} s", interruption_word(interruptions.longest),
                               at_seconds(interruptions.longest_at));
    longest.when = {interruptions.longest_at, interruptions.longest_at + interruptions.longest};
  }
  readings.set(kLongestInterruption, longest);
}

std::string_view interruption_word(Nanos length) {
  constexpr std::pair<Nanos, std::string_view> kScale[] = {{kAudible, "inaudible"},
                                                           {1s, "a glitch"},
                                                           {3s, "degraded"},
                                                           {10s, "severe"},
                                                           {32s, "hung up on"}};
  for (const auto& [below, word] : kScale)
    if (length < below) return word;
  return "dropped";
}

}  // namespace wandrill
