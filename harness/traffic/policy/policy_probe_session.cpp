// SPDX-License-Identifier: Apache-2.0
#include "traffic/policy/policy_probe_session.hpp"

#include <utility>

#include <sys/epoll.h>

#include "record/recorder.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTellLeaksEvery = std::chrono::seconds{1};

}  // namespace

PolicyProbeSession::PolicyProbeSession(const TrafficContext& context, const SessionPlan& plan,
                                       const FindNetNs& find)
    : context_{context},
      plan_{plan},
      path_{make_policy_probe_path(context, plan, find)},
      watch_{context.poller.watch(path_->fd(), EPOLLIN, *this)} {}

PolicyProbeSession::~PolicyProbeSession() {
  stop();
}

void PolicyProbeSession::start(Clock::time_point at) {
  running_ = true;
  context_.timers.add(at + plan_.phase, plan_.interval, *this);
}

void PolicyProbeSession::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

void PolicyProbeSession::due(Clock::time_point scheduled) {
  const auto sequence = next_sequence_++;
  const auto actual = Clock::now();
  // What the sender's own system refused has tried nothing: it must not count as stopped.
  if (path_->send(sequence) == 0)
    context_.flows.sent(plan_.up, sequence, scheduled, actual);
  else
    context_.flows.refused(plan_.up, sequence, scheduled);
}

void PolicyProbeSession::ready(std::uint32_t) {
  const auto read = Clock::now();
  const auto dropped =
      path_->receive([&](const PolicyProbePath::Arrival& arrival) { take(arrival, read); });
  if (dropped > 0) context_.note_overflow(plan_.name, dropped);
}

void PolicyProbeSession::take(const PolicyProbePath::Arrival& arrival, Clock::time_point read) {
  const auto at = context_.instant(arrival.stamp, read);
  context_.flows.received(plan_.up, arrival.sequence, at, read);
  if (plan_.kind != TrafficKind::kForbidden) return;
  ++untold_;
  tell(arrival.packet, at);
}

void PolicyProbeSession::tell(const std::string& packet, Clock::time_point at) {
  if (told_at_ != Clock::time_point{} && at - told_at_ < kTellLeaksEvery) return;
  told_at_ = at;
  context_.flows.recorder().add(PolicyEvent{.at = context_.flows.origin().at(at),
                                            .rule = "forbidden",
                                            .direction = "up",
                                            .session = plan_.name,
                                            .packet = packet,
                                            .count = std::exchange(untold_, 0)});
}

}  // namespace wandrill
