// SPDX-License-Identifier: Apache-2.0
#include "link/proof/verify.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace wandrill {
namespace {

constexpr double kShare = 0.01;
constexpr double kNanosecondsApart = 1000.0;

bool near(double wanted, double found, double absolute = 0.0) {
  return std::abs(wanted - found) <= std::max(absolute, kShare * std::abs(wanted));
}

template <typename Quantity>
std::string differs(const char* what, Quantity wanted, Quantity found) {
  return fmt::format("{} is {}, not {}", what, to_string(found), to_string(wanted));
}

bool near(Nanos wanted, Nanos found) {
  return near(static_cast<double>(wanted.count()), static_cast<double>(found.count()),
              kNanosecondsApart);
}

/// Percentages so small are nothing: thresholds are whole numbers in the kernel.
constexpr double kPercentsApart = 1e-6;

bool near(Percent wanted, Percent found) {
  return near(wanted.value, found.value, kPercentsApart);
}

std::string mismatch(const LossBursts& wanted, const LossBursts& found) {
  if (!wanted.on() && !found.on()) return "";
  if (!near(wanted.enter, found.enter)) return differs("burst enter", wanted.enter, found.enter);
  if (!near(wanted.leave, found.leave)) return differs("burst leave", wanted.leave, found.leave);
  if (!near(wanted.loss_in_burst, found.loss_in_burst))
    return differs("loss in a burst", wanted.loss_in_burst, found.loss_in_burst);
  if (!near(wanted.loss_between, found.loss_between))
    return differs("loss between bursts", wanted.loss_between, found.loss_between);
  return "";
}

std::string mismatch(const std::string& what, const CorrelatedProbability& wanted,
                     const CorrelatedProbability& found) {
  if (!near(wanted.share, found.share)) return differs(what.c_str(), wanted.share, found.share);
  if (wanted.share.value > 0.0 && !near(wanted.correlation, found.correlation))
    return differs((what + " correlation").c_str(), wanted.correlation, found.correlation);
  return "";
}

}  // namespace

std::string mismatch(const Impairment& wanted, const Impairment& read_back) {
  if (wanted.blackhole != read_back.blackhole)
    return read_back.blackhole ? "there is a blackhole" : "there is no blackhole";
  if (!near(wanted.loss, read_back.loss)) return differs("loss", wanted.loss, read_back.loss);
  if (!near(wanted.loss_correlation, read_back.loss_correlation))
    return differs("loss correlation", wanted.loss_correlation, read_back.loss_correlation);
  if (auto wrong = mismatch(wanted.bursts, read_back.bursts); !wrong.empty()) return wrong;
  if (!near(wanted.delay, read_back.delay)) return differs("delay", wanted.delay, read_back.delay);
  if (!near(wanted.jitter, read_back.jitter))
    return differs("jitter", wanted.jitter, read_back.jitter);
  if (!near(static_cast<double>(wanted.rate.value), static_cast<double>(read_back.rate.value)))
    return differs("rate", wanted.rate, read_back.rate);
  if (!near(static_cast<double>(wanted.queue.value), static_cast<double>(read_back.queue.value)))
    return differs("queue", wanted.queue, read_back.queue);
  if (!near(wanted.jitter_correlation, read_back.jitter_correlation))
    return differs("jitter correlation", wanted.jitter_correlation, read_back.jitter_correlation);
  if (auto wrong = mismatch("reorder", wanted.reorder, read_back.reorder); !wrong.empty())
    return wrong;
  if (auto wrong = mismatch("duplicate", wanted.duplicate, read_back.duplicate); !wrong.empty())
    return wrong;
  return mismatch("corrupt", wanted.corrupt, read_back.corrupt);
}

}  // namespace wandrill
