// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "measure/index/run_index.hpp"
#include "measure/reading.hpp"

namespace wandrill {

/// The ends of a phone's calls that stood, within the timeline.
struct CallEnds {
  std::ptrdiff_t ended = 0;  ///< As the phone wanted it.
  std::ptrdiff_t dropped = 0;
  std::optional<TimeSpan> first_drop;
  struct Length {
    Nanos length{0};
    std::string why;  ///< It was dropped.
  };
  std::vector<Length> lengths;
  std::optional<Nanos> cut;  ///< Of the one that stood until the run was over; not in `lengths`.
};

CallEnds ends_of_calls(const RunIndex& run, const SessionPlan& session);

/// RFC 6076 4.5. A call that the end of the run cut short says nothing; one that was to last until
/// then, and was the only one, lasted as long as it could.
Reading<Seconds> shortest_call(const SessionPlan& session, const CallEnds& ends);

}  // namespace wandrill
