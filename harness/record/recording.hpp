// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "record/events.hpp"
#include "record/packet_file.hpp"
#include "record/packets.hpp"

namespace wandrill {

/// How a run ended, as far as the cell knows.
enum class RunEnding : std::uint8_t {
  kComplete,
  kInterrupted,  ///< Ctrl-C: everything up to then is there.
  kError,        ///< `error` says what the machine or the lab could not do.
  kLost,         ///< No ending was written: the cell was killed.
};

std::string_view to_string(RunEnding ending);

/// The facts of a run that are known once.
struct RunFacts {
  std::string engine;  ///< "wire" or "netem", and why: engine_reason.
  std::string engine_reason;
  std::string kernel;  ///< uname -r
  std::string wandrill_version;
  std::string started;               ///< Wall clock, ISO 8601 in UTC.
  bool realtime_scheduling = false;  ///< SCHED_FIFO was granted.
  bool root = false;
  RunEnding ending = RunEnding::kLost;
  std::string error;
  std::string
      missing_capability;  ///< Set when the error is one for which a scenario may be skipped.
  /// How much of each file there was when this was written: less is a damaged recording.
  std::uint64_t packet_bytes = 0;
  std::uint64_t event_bytes = 0;
  bool realtime_programs = false;  ///< It was to the tester's programs, too.
  bool emulated = false;           ///< The processor is QEMU's: it took stamps when it got to it.
};

void to_json(Json& j, const RunFacts& facts);
void from_json(const Json& j, RunFacts& facts);

/// Everything that was sent, received, seen and logged. It computes nothing. Its packets are in
/// memory, or stay on the disk and are read block by block; visiting them gives both.
struct Recording {
  RunFacts facts;
  SentColumns sent;
  ReceivedColumns received;
  TappedColumns tapped;
  std::optional<PacketFile> stored;  ///< Packets that follow those in memory.
  std::vector<IpAddress> addresses;  ///< The sources that the taps saw.
  std::vector<Event> events;         ///< In order of writing.

  // Call `take` with some packets after the other, in order of writing. Throw as PacketFile does,
  // and MachineError for a source that is not in `addresses`.
  void visit_sent(const std::function<void(const SentColumns&)>& take) const;
  void visit_received(const std::function<void(const ReceivedColumns&)>& take) const;
  void visit_tapped(const std::function<void(const TappedColumns&)>& take) const;
  [[nodiscard]] bool has_sent() const;
};

}  // namespace wandrill
