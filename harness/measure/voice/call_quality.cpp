// SPDX-License-Identifier: Apache-2.0
#include "measure/voice/call_quality.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "measure/voice/emodel.hpp"
#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

double mos_of(const CallPlan& call, const VoicePath& path) {
  const Voice voice{call.codec.equipment_impairment, call.codec.loss_robustness};
  return mean_opinion_score(r_factor(voice, path));
}

/// Lost or discarded packets in a row.
struct Interruptions {
  std::uint64_t audible = 0;
  Nanos longest{0};
  RunTime longest_at;
};

Interruptions find_interruptions(const FlowPackets& packets, const Playout& playout,
                                 const std::vector<TimeSpan>& spans) {
  Interruptions result;
  Nanos length{0};
  RunTime begin;
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

double at_seconds(RunTime at) {
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
void forget_voice(MetricsByName& metrics) {
  for (const auto& info : voice_metrics())
    metrics[info.name] = {.unit = info.unit, .note = "no packet was sent"};
}

Measured score_metric(const std::optional<VoiceScore>& score, double VoiceScore::*value) {
  Measured measured{.unit = MetricUnit::kScore, .note = "no packet was sent"};
  if (!score) return measured;
  return {.value = (*score).*value,
          .unit = MetricUnit::kScore,
          .accuracy = score->accuracy,
          .tester_share = score->tester_share};
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
    for (RunTime from = span.from; from + kMosWindow < span.until; from += kMosStep) {
      while (steps.size() < kSteps) {
        const RunTime next = from + kMosStep * static_cast<Nanos::rep>(steps.size());
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

void CallQuality::measure(const std::vector<TimeSpan>& spans, MetricsByName& metrics) const {
  const auto& packets = run_.packets[flow_];
  const auto listened = listen(spans);
  const auto whole = score(spans, listened);
  const auto worst = worst_window(spans);
  metrics["mos"] = score_metric(whole, &VoiceScore::mos);
  metrics["r_factor"] = score_metric(whole, &VoiceScore::r);
  // Near its middle the MOS moves by 0.035 and more for each point of R.
  metrics["r_factor"].accuracy /= 0.035;
  metrics["r_factor"].tester_share /= 0.035;
  metrics["mos_worst_window"] = score_metric(worst, &VoiceScore::mos);
  if (worst) {
    metrics["mos_worst_window"].when = worst->span;
    metrics["mos_worst_window"].note = fmt::format(
        "from {:.1f} s to {:.1f} s", at_seconds(worst->span.from), at_seconds(worst->span.until));
  }
  if (listened.runs.sent() == 0) return forget_voice(metrics);
  metrics["discarded"] = {.value = static_cast<double>(listened.discarded)};
  const auto bursts = find_bursts(losses(packets, playout_, spans), packets.interval());
  metrics["bursts"] = {.value = static_cast<double>(bursts.bursts)};
  metrics["burst_density"] = {.value = bursts.burst_density};
  metrics["burst_duration"] = {.value = in_seconds(bursts.burst_duration),
                               .unit = MetricUnit::kSeconds,
                               .accuracy = in_seconds(packets.interval())};
  metrics["gap_density"] = {.value = bursts.gap_density};
  metrics["gap_duration"] = {.value = in_seconds(bursts.gap_duration),
                             .unit = MetricUnit::kSeconds,
                             .accuracy = in_seconds(packets.interval())};
  metrics["burst_ratio"] = {.value = listened.runs.burst_ratio(), .unit = MetricUnit::kScore};
  const auto interruptions = find_interruptions(packets, playout_, spans);
  const auto excused = metrics.find("longest_gap");
  const double share = excused == metrics.end() ? 0.0 : excused->second.tester_share;
  metrics["interruptions"] = {.value = static_cast<double>(interruptions.audible),
                              .tester_share = share > 0.0 ? 1.0 : 0.0};
  metrics["longest_interruption"] = {
      .value = in_seconds(interruptions.longest),
      .unit = MetricUnit::kSeconds,
      .accuracy = in_seconds(run_.accuracy_of(flow_)),
      .tester_share = std::min(share, in_seconds(interruptions.longest)),
      .note = interruptions.longest == Nanos{0}
                  ? ""
                  : fmt::format("{}, at {:.1f} s", interruption_word(interruptions.longest),
                                at_seconds(interruptions.longest_at))};
  if (interruptions.longest > Nanos{0})
    metrics["longest_interruption"].when = {interruptions.longest_at,
                                            interruptions.longest_at + interruptions.longest};
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
