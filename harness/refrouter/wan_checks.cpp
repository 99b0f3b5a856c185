// SPDX-License-Identifier: Apache-2.0
#include "refrouter/wan_checks.hpp"

#include <algorithm>

#include <unistd.h>

namespace wandrill {
namespace {

/// Two routers in one namespace, and two WANs of one router, do not take each other's replies.
std::uint16_t sender_of(std::size_t wan) {
  constexpr unsigned kWansPerRouter = 16;
  return static_cast<std::uint16_t>(static_cast<unsigned>(::getpid()) * kWansPerRouter +
                                    static_cast<unsigned>(wan));
}

ProberSpec prober_spec(const RefrouterConfig& config, std::size_t wan) {
  // Checks that are not bound to their own WAN all leave by the last one, as when a route to the
  // checked address points there: the WAN looks alive for as long as that other one is.
  const auto& way = config.bind_checks ? config.wans[wan] : config.wans.back();
  return {.kind = config.check,
          .interface = way.interface,
          .sender = sender_of(wan),
          .targets = config.wans[wan].targets};
}

}  // namespace

WanChecks::WanChecks(const RefrouterConfig& config, std::size_t wan, Instant start)
    : prober_{prober_spec(config, wan)},
      window_{config.wans[wan].targets.size(), static_cast<std::size_t>(config.quorum),
              config.timeout},
      schedule_{.start = start, .interval = config.interval} {}

Instant WanChecks::next_deadline() const {
  return std::min(schedule_.due(), window_.next_deadline().value_or(schedule_.due()));
}

std::vector<CheckResult> WanChecks::step(Instant now) {
  prober_.receive(
      [this](std::size_t target, std::uint16_t sequence) { window_.answer(target, sequence); });
  auto results = window_.resolve(now);
  if (now >= schedule_.due()) {
    const auto number = schedule_.take(now);
    window_.sent(number, now);
    prober_.send(static_cast<std::uint16_t>(number));
  }
  return results;
}

bool WanChecks::is_change(const CheckResult& result) {
  const bool before = last_answered_.value_or(true);
  last_answered_ = result.answered;
  return before != result.answered;
}

}  // namespace wandrill
