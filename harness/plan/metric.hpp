// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <chrono>
#include <compare>
#include <span>
#include <string_view>

namespace wandrill {

/// What a metric is about, and so what stands before the dot.
enum class MetricScope : unsigned char {
  kFailover,  ///< "failover.<name>": worst over all failovers; "failover.2.<name>": the second one.
  kFailback,  ///< "failback.<name>", "failback.2.<name>"
  kRouter,    ///< "router.<name>"
  kFlow,  ///< "<flow>.<name>", e.g. "call.up.longest_gap"; with "@<phase>" for a part of the run.
          ///< For a group of several sessions, "<group>.up.<name>" is the worst of them.
  kSession,  ///< "<session>.<name>", e.g. "desktop.longest_stall"
  kClass,    ///< "class.<class>.up.<name>" of a class in the topology's capacity, also by phase.
};

enum class MetricUnit : unsigned char { kSeconds, kPercent, kCount, kBitsPerSecond, kScore };

/// A number in one unit.
template <MetricUnit Unit>
struct InUnit {
  static constexpr MetricUnit kUnit = Unit;
  double value = 0.0;

  constexpr InUnit() = default;
  constexpr explicit InUnit(double number) : value{number} {}
  friend constexpr auto operator<=>(const InUnit&, const InUnit&) = default;
  constexpr InUnit& operator+=(InUnit other) {
    value += other.value;
    return *this;
  }
  friend constexpr InUnit operator+(InUnit one, InUnit other) { return one += other; }
};

/// What values of metrics are: times, and numbers of each other unit.
using Seconds = std::chrono::duration<double>;
using Share = InUnit<MetricUnit::kPercent>;
using Count = InUnit<MetricUnit::kCount>;
using Rate = InUnit<MetricUnit::kBitsPerSecond>;
using Score = InUnit<MetricUnit::kScore>;

template <typename Value>
constexpr MetricUnit unit_of() {
  return Value::kUnit;
}
template <>
constexpr MetricUnit unit_of<Seconds>() {
  return MetricUnit::kSeconds;
}

constexpr double number_of(Seconds time) {
  return time.count();
}
template <MetricUnit Unit>
constexpr double number_of(InUnit<Unit> number) {
  return number.value;
}

enum class Better : bool { kHigher, kLower };

/// How the number of a group of sessions comes from theirs.
enum class OfGroup : unsigned char {
  kWorst,       ///< The worst of them.
  kWorstNamed,  ///< The worst of them, and the note says whose it is.
  kOwn          ///< It is measured for the group as a whole.
};

/// One metric, as docs/metrics.md describes it: the only place where its name, unit and polarity
/// stand. Times are in seconds.
struct MetricInfo {
  MetricScope scope;
  std::string_view name;
  std::string_view definition;
  std::string_view source;    ///< RFC section, or "ours".
  std::string_view accuracy;  ///< In words: "± one packet interval".
  Better better = Better::kLower;
  OfGroup of_group = OfGroup::kWorst;
  bool by_phase = false;  ///< It can be limited to a phase.
  MetricUnit unit{};      ///< Metric sets it.

  [[nodiscard]] constexpr bool lower_is_better() const { return better == Better::kLower; }
};

/// A metric whose numbers are a `Value`.
template <typename Value>
struct Metric : MetricInfo {
  constexpr explicit Metric(MetricInfo info) : MetricInfo{info} { unit = unit_of<Value>(); }
};

using MetricList = std::span<const MetricInfo* const>;

/// Metrics of one subject, as the catalogue and the kinds of sessions list them.
template <typename... Metrics>
constexpr auto metric_list(const Metrics&... metrics) {
  return std::array<const MetricInfo*, sizeof...(Metrics)>{&metrics...};
}

/// What limits a number, in words.
namespace accuracy {
inline constexpr std::string_view kInterval =
    "± the smallest packet interval of the flows that show it, ± the tester's p99 lateness";
inline constexpr std::string_view kOwnInterval =
    "± one packet interval of the flow, ± the tester's p99 lateness";
inline constexpr std::string_view kInstant =
    "± 1 ms (the fault's observed instant), ± the tester's p99 lateness";
inline constexpr std::string_view kStamps = "± 0.1 ms (stamps)";
inline constexpr std::string_view kExact = "exact";
inline constexpr std::string_view kOnePacket = "± one packet lost more or less";
}  // namespace accuracy

}  // namespace wandrill
