// SPDX-License-Identifier: Apache-2.0
#include "link/verify.hpp"

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

}  // namespace

std::string mismatch(const Impairment& wanted, const Impairment& read_back) {
  if (wanted.blackhole != read_back.blackhole)
    return read_back.blackhole ? "there is a blackhole" : "there is no blackhole";
  if (!near(wanted.loss.value, read_back.loss.value))
    return differs("loss", wanted.loss, read_back.loss);
  if (!near(wanted.delay, read_back.delay)) return differs("delay", wanted.delay, read_back.delay);
  if (!near(wanted.jitter, read_back.jitter))
    return differs("jitter", wanted.jitter, read_back.jitter);
  if (!near(static_cast<double>(wanted.rate.value), static_cast<double>(read_back.rate.value)))
    return differs("rate", wanted.rate, read_back.rate);
  if (!near(static_cast<double>(wanted.queue.value), static_cast<double>(read_back.queue.value)))
    return differs("queue", wanted.queue, read_back.queue);
  return "";
}

}  // namespace wandrill
