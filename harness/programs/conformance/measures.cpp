// SPDX-License-Identifier: Apache-2.0
#include "programs/conformance/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "link/wire/bernoulli_selector.hpp"

namespace wandrill {
namespace {

/// What a busy machine may add to a delay, beyond what it adds without one; a fifth of the delays
/// that are asked for is more.
constexpr double kTimeAllowance = 0.08;

double in_milliseconds(Nanos time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

template <typename Predicate>
double count_of(const StreamResult& result, Predicate predicate) {
  return static_cast<double>(std::ranges::count_if(result.frames, predicate));
}

Measured share(std::string what, double hits, double count, double wanted, double inflation = 1.0) {
  const auto found = share_interval(hits, count, kAlpha, inflation);
  return {.what = std::move(what),
          .unit = "%",
          .wanted = wanted * 100.0,
          .found = {found.low * 100.0, found.value * 100.0, found.high * 100.0}};
}

/// A number that must be exactly this.
Measured exactly(std::string what, double found, double wanted) {
  return {.what = std::move(what),
          .unit = "frames",
          .wanted = wanted,
          .found = {.low = found, .value = found, .high = found}};
}

Measured about(std::string what, std::string unit, double found, double wanted, double allowance) {
  return {.what = std::move(what),
          .unit = std::move(unit),
          .wanted = wanted,
          .found = {.low = found - allowance, .value = found, .high = found + allowance}};
}

/// A chi-square that must be below its limit: what is asked is 0, and the limit the half width.
Measured fits(std::string what, std::span<const double> observed, std::span<const double> expected,
              int degrees) {
  const double found = chi_square(observed, expected);
  return {
      .what = std::move(what),
      .unit = "chi-square",
      .wanted = 0.0,
      .found = {.low = found - chi_square_limit(degrees, kAlpha), .value = found, .high = found}};
}

std::vector<double> latencies_of(const StreamResult& result) {
  std::vector<double> latencies;
  for (const auto& frame : result.frames)
    if (frame.arrived) latencies.push_back(in_milliseconds(*frame.arrived - frame.sent));
  std::ranges::sort(latencies);
  return latencies;
}

double quantile(const std::vector<double>& sorted, double share) {
  return sorted.empty()
             ? 0.0
             : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

/// Frames that came before one that was sent before them.
double overtakers(const StreamResult& result) {
  double count = 0;
  std::size_t latest = 0;
  for (const auto& frame : result.frames) {
    if (!frame.arrived) continue;
    if (frame.place < latest) ++count;
    latest = std::max(latest, frame.place);
  }
  return count;
}

/// How often a chosen frame of the model follows a chosen one, from its own sequence.
double repetition_of(const CorrelatedProbability& chance) {
  BernoulliSelector lot;
  lot.change(chance, 1);
  double chosen = 0;
  double pairs = 0;
  bool before = false;
  for (int i = 0; i < 4'000'000; ++i) {
    const bool now = lot.falls_on(Frame{});
    chosen += before ? 1 : 0;
    pairs += before && now ? 1 : 0;
    before = now;
  }
  return pairs / chosen;
}

/// Runs of lost (or arrived) frames, the first and last, which are cut off, left out.
std::vector<double> runs_of(const StreamResult& result, bool lost) {
  std::vector<double> runs;
  double length = 0;
  bool whole = false;
  for (const auto& frame : result.frames) {
    if (!frame.arrived == lost) {
      ++length;
      continue;
    }
    if (length > 0 && whole) runs.push_back(length);
    whole = true;
    length = 0;
  }
  return runs;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

Measured mean_run(std::string what, const std::vector<double>& runs, double chance) {
  const double mean = mean_of(runs);
  return {
      .what = std::move(what),
      .unit = "frames",
      .wanted = 1.0 / chance,
      .found = run_length_interval(std::max(1.0, mean), static_cast<double>(runs.size()), kAlpha)};
}

}  // namespace

std::vector<Measured> measure_clean(const StreamResult& result, Nanos) {
  return {
      exactly("lost", count_of(result, [](const auto& frame) { return frame.copies == 0; }), 0),
      exactly("doubled", count_of(result, [](const auto& frame) { return frame.copies > 1; }), 0),
      exactly("damaged", count_of(result, [](const auto& frame) { return frame.flipped_bits > 0; }),
              0),
      exactly("out of order", overtakers(result), 0)};
}

std::vector<Measured> measure_loss(const StreamResult& result, const Impairment& asked) {
  const auto lost = [](const FrameFate& frame) { return !frame.arrived; };
  const auto count = static_cast<double>(result.frames.size());
  const double dependence = loss_dependence(asked);
  std::vector<Measured> all{share("lost", count_of(result, lost), count, asked.loss.value / 100.0,
                                  (1.0 + dependence) / (1.0 - dependence))};
  if (dependence == 0.0) return all;
  double before = 0;
  double pairs = 0;
  for (std::size_t i = 1; i < result.frames.size(); ++i) {
    if (!lost(result.frames[i - 1])) continue;
    ++before;
    pairs += lost(result.frames[i]) ? 1 : 0;
  }
  all.push_back(share("lost after a lost one", pairs, before,
                      repetition_of({asked.loss, asked.loss_correlation}),
                      (1.0 + dependence) / (1.0 - dependence)));
  return all;
}

std::vector<Measured> measure_bursts(const StreamResult& result, const LossBursts& asked) {
  const double leave = asked.leave.value / 100.0;
  const auto bursts = runs_of(result, true);
  constexpr std::size_t kLengths = 8;  // 1 to 7, and longer
  std::array<double, kLengths> observed{};
  std::array<double, kLengths> expected{};
  for (const double length : bursts)
    ++observed[std::min(kLengths, static_cast<std::size_t>(length)) - 1];
  const auto count = static_cast<double>(bursts.size());
  for (std::size_t i = 0; i < kLengths; ++i)
    expected[i] =
        count * std::pow(1.0 - leave, static_cast<double>(i)) * (i + 1 < kLengths ? leave : 1.0);
  return {mean_run("length of a burst", bursts, leave),
          mean_run("from one to the next", runs_of(result, false), asked.enter.value / 100.0),
          fits("lengths of bursts", observed, expected, kLengths - 1)};
}

std::vector<Measured> measure_delay(const StreamResult& result, Nanos asked, Nanos baseline) {
  const auto latencies = latencies_of(result);
  const double wanted = in_milliseconds(asked);
  const double own = in_milliseconds(baseline);
  std::vector<Measured> all;
  // Stalls make frames late, none makes one early: the lower half tells.
  for (const auto& [name, place] :
       {std::pair{"delay, lowest", 0.0}, {"delay, first quartile", 0.25}})
    all.push_back(
        about(name, "ms", quantile(latencies, place) - own, wanted, kTimeAllowance * wanted));
  return all;
}

std::vector<Measured> measure_jitter(const StreamResult& result, const Impairment& asked,
                                     Nanos baseline) {
  const auto latencies = latencies_of(result);
  const double own = in_milliseconds(baseline);
  const double width = 2.0 * in_milliseconds(asked.jitter);
  const double lowest = in_milliseconds(asked.delay - asked.jitter);
  const auto count = static_cast<double>(latencies.size());
  std::vector<Measured> all;
  // A quantile of a uniform delay has the standard deviation width * sqrt(q (1 - q) / n).
  const auto spread = [&](double variance) {
    return deviations_for(kAlpha) * width * std::sqrt(variance / count) + 0.01 * width;
  };
  all.push_back(about("median delay", "ms", quantile(latencies, 0.5) - own, lowest + width / 2.0,
                      spread(0.25)));
  // That of the difference of two, q and 1 - q: twice q (1 - 2q).
  all.push_back(about("from decile 1 to 9", "ms",
                      quantile(latencies, 0.9) - quantile(latencies, 0.1), 0.8 * width,
                      spread(2.0 * 0.1 * 0.8)));
  return all;
}

std::vector<Measured> measure_order(const StreamResult& result, Nanos) {
  return {exactly("out of order", overtakers(result), 0)};
}

std::vector<Measured> measure_rate(const StreamResult& result, const StreamPlan& plan,
                                   BitsPerSecond asked) {
  std::vector<Clock::time_point> arrivals;
  for (const auto& frame : result.frames)
    if (frame.arrived) arrivals.push_back(*frame.arrived);
  std::ranges::sort(arrivals);
  double rate = 0.0;
  if (arrivals.size() > 1)
    rate = 8.0 * static_cast<double>(plan.size) * static_cast<double>(arrivals.size() - 1) /
           std::chrono::duration<double>(arrivals.back() - arrivals.front()).count() / 1e6;
  const double wanted = static_cast<double>(asked.value) / 1e6;
  return {about("rate", "Mbit/s", rate, wanted, kTimeAllowance * wanted)};
}

std::vector<Measured> measure_filtered_loss(const StreamResult& result, Percent asked) {
  double lost = 0.0;
  double lost_of_others = 0.0;
  for (std::size_t i = 0; i < result.frames.size(); ++i)
    (i % 2 == 0 ? lost : lost_of_others) += result.frames[i].arrived ? 0.0 : 1.0;
  const auto half = static_cast<double>((result.frames.size() + 1) / 2);
  return {share("of those that match, lost", lost, half, asked.value / 100.0),
          exactly("of the others, lost", lost_of_others, 0.0)};
}

std::vector<Measured> measure_reorder(const StreamResult& result,
                                      const CorrelatedProbability& asked) {
  return {share("overtake", overtakers(result), static_cast<double>(result.frames.size()),
                asked.share.value / 100.0)};
}

std::vector<Measured> measure_duplicate(const StreamResult& result,
                                        const CorrelatedProbability& asked) {
  return {share("come twice", count_of(result, [](const auto& frame) { return frame.copies == 2; }),
                static_cast<double>(result.frames.size()), asked.share.value / 100.0),
          exactly("come more often or never",
                  count_of(result,
                           [](const auto& frame) { return frame.copies > 2 || frame.copies == 0; }),
                  0)};
}

std::vector<Measured> measure_corrupt(const StreamResult& result, const StreamPlan& plan,
                                      const CorrelatedProbability& asked) {
  constexpr std::size_t kParts = 8;
  std::array<double, kParts> observed{};
  std::array<double, kParts> expected{};
  double damaged = 0;
  double bits = 0;
  for (const auto& frame : result.frames) {
    if (frame.flipped_bits == 0) continue;
    ++damaged;
    bits += frame.flipped_bits;
    ++observed[frame.first_flipped * kParts / plan.size];
  }
  expected.fill(std::max(1.0, damaged) / kParts);
  return {share("damaged", damaged, static_cast<double>(result.frames.size()),
                asked.share.value / 100.0),
          exactly("flipped bits beyond one each", bits - damaged, 0),
          fits("where in the frame", observed, expected, kParts - 1)};
}

}  // namespace wandrill
