// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <tuple>

#include "plan/impairment.hpp"
#include "protocol/ip_packet.hpp"
#include "traffic/context.hpp"

namespace wandrill {

/// Counts packets that must not be, and tells of them: of the first of each kind at once, of more
/// at most once a second.
class ViolationCounter {
 public:
  /// `context` must outlive it.
  explicit ViolationCounter(const TrafficContext& context) : context_{context} {}

  struct Breach {
    std::string rule;  ///< See PolicyEvent.
    std::string wan;
    std::string session;
    Direction direction = Direction::kUp;
    Clock::time_point at;
  };
  void note(const Breach& breach, const IpPacket& packet);
  /// Tells of those that are counted and not yet told of.
  void flush();

 private:
  using Key = std::tuple<std::string, std::string, std::string, Direction>;
  struct Count {
    std::uint64_t untold = 0;
    Clock::time_point told;
    std::string packet;  ///< The last one.
    Clock::time_point last;
  };
  void tell(const Key& key, Count& count);

  const TrafficContext& context_;
  std::map<Key, Count> counts_;
};

}  // namespace wandrill
