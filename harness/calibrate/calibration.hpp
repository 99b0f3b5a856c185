// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace wandrill {

/// How wrong something was, over `count` known cases; milliseconds, never negative.
struct ErrorSpread {
  std::uint64_t count = 0;
  double p50 = 0;
  double p95 = 0;
  double p99 = 0;
  double max = 0;
};

/// Nearest rank; of no errors at all: zeros.
ErrorSpread spread_of(std::vector<double> errors_ms);

/// A loss that was asked for, and what became of it.
struct KnownLoss {
  std::string flow;
  double requested_percent = 0;
  std::uint64_t sent = 0;
  std::uint64_t lost = 0;
  /// What chance makes of it, but for 1 case in 1000.
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  [[nodiscard]] bool holds() const { return low <= lost && lost <= high; }
};

/// The tester's own error while the machine was as it was: idle, or busy.
struct TesterAccuracy {
  ErrorSpread outage_probe;  ///< Of cuts, by a probe of 1 ms.
  ErrorSpread outage_call;   ///< Of cuts, by a call: 20 ms.
  ErrorSpread delay;         ///< Of one-way delays.
  ErrorSpread late_sends;    ///< How late its timers woke it to send.
  std::vector<KnownLoss> losses;
  std::uint64_t stalls = 0;  ///< More than 10 ms each.
  double longest_stall_ms = 0;

  [[nodiscard]] bool losses_hold() const;
};

/// What a calibration holds for: another machine, kernel, engine or version is another tester.
struct CalibrationKey {
  std::string machine;  ///< Its host name.
  bool vm = false;      ///< Measured in the VM on it.
  std::string kernel;
  std::string engine;   ///< "wire" or "netem"
  std::string version;  ///< Of wandrill.
  bool root = false;    ///< Root is given real-time scheduling.

  friend bool operator==(const CalibrationKey&, const CalibrationKey&) = default;
};

struct Calibration {
  CalibrationKey key;
  std::string taken;  ///< Wall clock, ISO 8601 in UTC.
  unsigned cpus = 0;
  bool realtime_scheduling = false;
  TesterAccuracy idle;
  TesterAccuracy busy;  ///< One thread that never rests on each CPU.
};

/// docs/calibration.md lists the fields.
Json to_document(const Calibration& calibration);
/// Throws MachineError that says what is wrong with it.
Calibration calibration_from(const Json& document);

/// A small table for people. `colour`: for a terminal.
std::string to_text(const Calibration& calibration, bool colour);

/// What reports quote of it, under tester.calibration of result.json.
Json quote_of(const Calibration& calibration);

}  // namespace wandrill
