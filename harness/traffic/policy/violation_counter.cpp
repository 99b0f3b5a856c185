// SPDX-License-Identifier: Apache-2.0
#include "traffic/policy/violation_counter.hpp"

#include <utility>

#include "record/recorder.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTellEvery = std::chrono::seconds{1};

}  // namespace

void ViolationCounter::note(const Breach& breach, const IpPacket& packet) {
  const Key key{breach.rule, breach.wan, breach.session, breach.direction};
  auto& count = counts_[key];
  ++count.untold;
  count.last = breach.at;
  const bool is_first = count.told == Clock::time_point{};
  if (!is_first && breach.at - count.told < kTellEvery) {
    if (count.untold == 1) count.packet = to_text(packet);
    return;
  }
  count.packet = to_text(packet);
  tell(key, count);
}

void ViolationCounter::flush() {
  for (auto& [key, count] : counts_)
    if (count.untold > 0) tell(key, count);
}

void ViolationCounter::tell(const Key& key, Count& count) {
  const auto& [rule, wan, session, direction] = key;
  count.told = count.last;
  context_.flows.recorder().add(PolicyEvent{.at = context_.flows.origin().at(count.last),
                                            .rule = rule,
                                            .wan = wan,
                                            .direction = std::string{to_string(direction)},
                                            .session = session,
                                            .packet = count.packet,
                                            .count = std::exchange(count.untold, 0)});
}

}  // namespace wandrill
