// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

// Per-packet records, kept column by column: at most 24 bytes a packet. A flow's number is its
// index in the Plan's traffic.

/// What the generators sent. (22 bytes a row.)
struct SentColumns {
  std::vector<std::uint16_t> flow;
  std::vector<std::uint64_t> sequence;
  std::vector<std::int64_t> scheduled;  ///< ns since the run's origin: when it should have gone.
  std::vector<std::int32_t> lateness;  ///< ns: actual − scheduled, saturated; kNotSent if refused.

  static constexpr std::int32_t kNotSent = INT32_MAX;

  [[nodiscard]] std::size_t size() const noexcept { return flow.size(); }
  void append(std::uint16_t flow_id, std::uint64_t number, RunInstant due, std::int32_t late) {
    flow.push_back(flow_id);
    sequence.push_back(number);
    scheduled.push_back(due.time_since_epoch().count());
    lateness.push_back(late);
  }
};

/// What arrived at the far end. (22 bytes a row.)
struct ReceivedColumns {
  std::vector<std::uint16_t> flow;
  std::vector<std::uint64_t> sequence;
  std::vector<std::int64_t> at;          ///< Kernel receive stamp, ns since the run's origin.
  std::vector<std::int32_t> read_delay;  ///< ns: from the stamp to our reading it, saturated.

  [[nodiscard]] std::size_t size() const noexcept { return flow.size(); }
  void append(std::uint16_t flow_id, std::uint64_t number, RunInstant stamp, std::int32_t delay) {
    flow.push_back(flow_id);
    sequence.push_back(number);
    at.push_back(stamp.time_since_epoch().count());
    read_delay.push_back(delay);
  }
};

/// What the passive tap on a WAN saw, on the router's side of the impairment. (22 bytes a row.)
struct TappedColumns {
  std::vector<std::uint16_t> flow;
  std::vector<std::uint64_t> sequence;
  std::vector<std::int64_t> at;         ///< ns since the run's origin.
  std::vector<std::uint8_t> wan;        ///< Index into the Plan's wans.
  std::vector<std::uint8_t> direction;  ///< 0 up (out of the router), 1 down.
  std::vector<std::uint16_t> source;    ///< Index into Recording::addresses: the packet's source.

  [[nodiscard]] std::size_t size() const noexcept { return flow.size(); }
  // NOLINTNEXTLINE(readability-function-size): one parameter per column.
  void append(std::uint16_t flow_id, std::uint64_t number, RunInstant seen, std::uint8_t wan_index,
              std::uint8_t way, std::uint16_t source_index) {
    flow.push_back(flow_id);
    sequence.push_back(number);
    at.push_back(seen.time_since_epoch().count());
    wan.push_back(wan_index);
    direction.push_back(way);
    source.push_back(source_index);
  }
};

}  // namespace wandrill
