// SPDX-License-Identifier: Apache-2.0
#include "traffic/context.hpp"

#include "record/recorder.hpp"

namespace wandrill {

void TrafficContext::note_overflow(const std::string& subject, std::uint64_t count) const {
  const auto now = flows.origin().at(Clock::now());
  flows.recorder().add(TesterEvent{now, "overflow", now, count, subject});
}

}  // namespace wandrill
