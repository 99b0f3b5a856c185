// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_pace.hpp"

namespace wandrill {

TcpPace::TcpPace(const SessionPlan& session)
    : interval_{session.interval},
      plan_{session.of<TcpPlan>() == nullptr ? TcpPlan{} : *session.of<TcpPlan>()},
      random_{plan_.seed} {}

Nanos TcpPace::next_gap() {
  if (plan_.irregularity == 0.0) return interval_;
  const double share = 1.0 + plan_.irregularity * (2.0 * random_.uniform() - 1.0);
  return Nanos{static_cast<Nanos::rep>(static_cast<double>(interval_.count()) * share)};
}

std::uint32_t TcpPace::reply_length(std::uint64_t sequence) const {
  if (plan_.longest_reply <= 1) return 1;
  const double drawn = Random{plan_.seed + sequence}.uniform();
  return 1 + static_cast<std::uint32_t>(drawn * drawn * plan_.longest_reply);
}

}  // namespace wandrill
