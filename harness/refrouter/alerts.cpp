// SPDX-License-Identifier: Apache-2.0
#include "refrouter/alerts.hpp"

#include <fmt/format.h>

namespace wandrill {
namespace {

double in_seconds(Nanos duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

Alerts::Alerts(AlertPolicy policy, std::vector<std::string> wans)
    : policy_{policy}, wans_{std::move(wans)}, went_down_(wans_.size()) {}

std::vector<Alert> Alerts::take(const Decision& decision, Instant now) {
  std::vector<Alert> alerts;
  const auto& name = wans_[decision.wan];
  switch (decision.kind) {
    case DecisionKind::kWanDown:
      alerts.push_back({Severity::kWarning, fmt::format("{} is down: {}", name, decision.reason)});
      count_down(decision.wan, now, alerts);
      break;
    case DecisionKind::kWanUp:
      alerts.push_back({Severity::kNotice, fmt::format("{} is up", name)});
      break;
    case DecisionKind::kSwitch:
      active_ = decision.wan;
      if (active_ == 0)
        long_at_.reset();
      else if (!long_at_)
        long_at_ = now + policy_.long_failover;
      alerts.push_back({active_ == 0 ? Severity::kNotice : Severity::kWarning,
                        fmt::format("{}: {} -> {}", active_ == 0 ? "failback" : "failover",
                                    wans_[decision.from], name)});
      break;
  }
  return alerts;
}

void Alerts::count_down(std::size_t wan, Instant now, std::vector<Alert>& alerts) {
  auto& times = went_down_[wan];
  times.push_back(now);
  while (times.front() + policy_.flap_window < now)
    times.pop_front();
  if (static_cast<int>(times.size()) < policy_.flap_count) return;
  alerts.push_back(
      {Severity::kWarning, fmt::format("{} is flapping: down {} times within {:g} s", wans_[wan],
                                       times.size(), in_seconds(policy_.flap_window))});
  times.clear();
}

std::vector<Alert> Alerts::time(Instant now) {
  if (!long_at_ || now < *long_at_) return {};
  // Told once: a failover further on does not begin anew.
  long_at_ = Instant::max();
  return {{Severity::kWarning, fmt::format("failover lasts longer than {:g} s: still on {}",
                                           in_seconds(policy_.long_failover), wans_[active_])}};
}

std::optional<Instant> Alerts::next_deadline() const {
  return long_at_ && *long_at_ != Instant::max() ? long_at_ : std::nullopt;
}

}  // namespace wandrill
