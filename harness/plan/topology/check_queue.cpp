// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/check_queue.hpp"

#include <cmath>

#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

Bytes under_way(BitsPerSecond rate, Nanos delay) {
  const double seconds = std::chrono::duration<double>(delay).count();
  return {static_cast<std::uint64_t>(std::ceil(static_cast<double>(rate.value) / 8.0 * seconds))};
}

}  // namespace

void check_queue(const Placed<Bytes>& queue, BitsPerSecond rate, Nanos delay,
                 std::string_view direction, Mistakes& mistakes) {
  if (queue.value < defaults::kSmallestQueue)
    return mistakes.add(queue.place, "'queue' holds not even one full frame: at least {}",
                        to_string(defaults::kSmallestQueue));
  const Bytes needed = under_way(rate, delay);
  if (queue.value < needed)
    mistakes.add(queue.place,
                 "a 'queue' of {} cannot hold rate × delay: {} × {} one way{}{} takes at least {}B",
                 to_string(queue.value), to_string(rate), to_string(delay),
                 direction.empty() ? "" : " ", direction, needed.value);
}

}  // namespace wandrill
