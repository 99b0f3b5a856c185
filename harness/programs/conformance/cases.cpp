// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "programs/conformance/checks.hpp"
#include "programs/conformance/measures.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

constexpr Impairment kClean{};

std::size_t sample_for(double share, double inflation = 1.0) {
  return static_cast<std::size_t>(inflation * trials_needed(share, kRelativeError, kAlpha, kPower));
}

Percent times(Percent percent, double factor) {
  return Percent{percent.value * factor};
}

Nanos times(Nanos time, double factor) {
  return Nanos{static_cast<Nanos::rep>(static_cast<double>(time.count()) * factor)};
}

Case clean(const char* name, std::size_t size) {
  // There is nothing in it to be off by a fifth: its red is a loss of one frame in a thousand.
  return {name, kClean, {.count = 5000, .size = size}, measure_clean, [](double) {
            return Impairment{.loss = Percent{1.0}};
          }};
}

Case loss(const char* name, const Impairment& asked, std::size_t size) {
  const double dependence = loss_dependence(asked);
  const double inflation = (1.0 + dependence) / (1.0 - dependence);
  return {name,
          asked,
          {.count = sample_for(asked.loss.value / 100.0, inflation), .size = size},
          [asked](const StreamResult& result, Nanos) { return measure_loss(result, asked); },
          [asked](double factor) {
            auto other = asked;
            other.loss = times(asked.loss, factor);
            return other;
          }};
}

/// As many bursts as tell a chance of leaving that is off by a fifth: the mean length of n of them
/// is known within sqrt((1 - r) / n) of itself.
Case bursts(const char* name, const LossBursts& asked) {
  const double apart = deviations_for(kAlpha) + normal_quantile(kPower);
  const double runs = apart * apart * 1.2 / (kRelativeError * kRelativeError);
  const double frames_per_burst = 100.0 / asked.enter.value + 100.0 / asked.leave.value;
  return {name,
          {.bursts = asked},
          {.count = static_cast<std::size_t>(runs * frames_per_burst)},
          [asked](const StreamResult& result, Nanos) { return measure_bursts(result, asked); },
          [asked](double factor) {
            auto other = asked;
            other.leave = times(asked.leave, factor);
            return Impairment{.bursts = other};
          }};
}

Case delay() {
  constexpr Nanos kDelay = 50ms;
  return {"delay 50ms",
          {.delay = kDelay},
          {.count = 400, .at_once = 1, .interval = 2ms},
          [=](const StreamResult& result, Nanos baseline) {
            return measure_delay(result, kDelay, baseline);
          },
          [=](double factor) { return Impairment{.delay = times(kDelay, factor)}; }};
}

Case jitter() {
  constexpr Impairment kAsked{.delay = 15ms, .jitter = 12ms};
  // Each frame alone, so that none waits for the one before.
  return {"jitter 15ms ± 12ms",
          kAsked,
          {.count = 400, .at_once = 1, .interval = 26ms},
          [=](const StreamResult& result, Nanos baseline) {
            return measure_jitter(result, kAsked, baseline);
          },
          [=](double factor) {
            return Impairment{.delay = kAsked.delay, .jitter = times(kAsked.jitter, factor)};
          }};
}

Case dense_jitter() {
  return {"jitter 20ms ± 10ms, dense",
          {.delay = 20ms, .jitter = 10ms},
          {.count = 4000},
          measure_order,
          [](double) { return Impairment{.delay = 20ms, .reorder = {.share = Percent{1}}}; }};
}

Case rate() {
  constexpr BitsPerSecond kRate{8'000'000};
  // More than the rate, so that the queue fills: it drains over more than two seconds.
  const StreamPlan stream{.count = 3000, .size = 1514, .at_once = 4, .settle = 2500ms};
  return {"rate 8Mbit/s",
          {.rate = kRate},
          stream,
          [=](const StreamResult& result, Nanos) { return measure_rate(result, stream, kRate); },
          [=](double factor) {
            return Impairment{.rate = BitsPerSecond{static_cast<std::uint64_t>(
                                  static_cast<double>(kRate.value) * factor)}};
          }};
}

/// A filter that is off chooses the wrong port, or both.
Case filtered_loss(const char* name, Family family) {
  static constexpr Percent kLoss{30.0};
  const auto only = [](std::uint16_t first, std::uint16_t last) {
    return TrafficFilter{.protocol = "udp", .port = {first, last}};
  };
  return {
      .name = name,
      .asked = {.loss = kLoss},
      .stream = {.count = 2 * sample_for(kLoss.value / 100.0), .size = 120, .family = family},
      .measure = [](const StreamResult& result,
                    Nanos) { return measure_filtered_loss(result, kLoss); },
      .distorted = [](double) { return Impairment{.loss = kLoss}; },
      .filter = only(5060, 5060),
      .distorted_filter = [only](double factor) { return only(factor < 1 ? 5061 : 5060, 5061); }};
}

Case reorder() {
  constexpr CorrelatedProbability kAsked{.share = Percent{25}};
  return {"reorder 25%",
          {.delay = 60ms, .reorder = kAsked},
          {.count = sample_for(0.25)},
          [=](const StreamResult& result, Nanos) { return measure_reorder(result, kAsked); },
          [=](double factor) {
            return Impairment{.delay = 60ms, .reorder = {times(kAsked.share, factor), {}}};
          }};
}

Case duplicate() {
  constexpr CorrelatedProbability kAsked{.share = Percent{25}};
  return {"duplicate 25%",
          {.duplicate = kAsked},
          {.count = sample_for(0.25)},
          [=](const StreamResult& result, Nanos) { return measure_duplicate(result, kAsked); },
          [=](double factor) {
            return Impairment{.duplicate = {times(kAsked.share, factor), {}}};
          }};
}

Case corrupt() {
  constexpr CorrelatedProbability kAsked{.share = Percent{25}};
  const StreamPlan stream{.count = sample_for(0.25), .size = 1200};
  return {
      "corrupt 25%",
      {.corrupt = kAsked},
      stream,
      [=](const StreamResult& result, Nanos) { return measure_corrupt(result, stream, kAsked); },
      [=](double factor) {
        return Impairment{.corrupt = {times(kAsked.share, factor), {}}};
      }};
}

}  // namespace

std::vector<Case> conformance_cases() {
  std::vector<Case> cases;
  cases.push_back(clean("none", 60));
  cases.push_back(clean("none, full frames", 1514));
  cases.push_back(loss("loss 10%", {.loss = Percent{10}}, 60));
  cases.push_back(loss("loss 30%", {.loss = Percent{30}}, 1514));
  cases.push_back(loss("loss 30%, correlation 50%",
                       {.loss = Percent{30}, .loss_correlation = Percent{50}}, 60));
  cases.push_back(bursts("burst enter 5% leave 25%", {.enter = Percent{5}, .leave = Percent{25}}));
  cases.push_back(delay());
  cases.push_back(jitter());
  cases.push_back(dense_jitter());
  cases.push_back(rate());
  cases.push_back(filtered_loss("loss 30%, only udp port 5060, IPv4", Family::kIpv4));
  cases.push_back(filtered_loss("loss 30%, only udp port 5060, IPv6", Family::kIpv6));
  cases.push_back(reorder());
  cases.push_back(duplicate());
  cases.push_back(corrupt());
  return cases;
}

}  // namespace wandrill
