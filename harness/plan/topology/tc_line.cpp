// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <cmath>

#include "plan/topology/resolve_mininet.hpp"

namespace wandrill {
namespace {

/// netem's limit counts frames, our queues octets: a full frame of Ethernet without its check sum.
constexpr double kFrame = 1514;
constexpr double kBitsPerMegabit = 1e6;
constexpr double kMillisPerSecond = 1e3;

struct Unit {
  std::string_view name;
  double nanos;
};
constexpr std::array kUnits{Unit{"", 1e3},      Unit{"us", 1e3}, Unit{"usec", 1e3},
                            Unit{"usecs", 1e3}, Unit{"ms", 1e6}, Unit{"msec", 1e6},
                            Unit{"msecs", 1e6}, Unit{"s", 1e9},  Unit{"sec", 1e9},
                            Unit{"secs", 1e9}};

class TcReader {
 public:
  TcReader(const MininetEnd& end, const Place& place, Mistakes& mistakes)
      : end_{end}, place_{place}, mistakes_{mistakes} {}

  LineSpec read() {
    for (const auto& what : end_.not_to_be_had)
      refuse(what + ": wandrill's links have nothing like it");
    for (const auto& what : end_.no_numbers)
      refuse(what + ": it takes a number");
    if (end_.queue_packets && *end_.queue_packets < 1)
      refuse(fmt::format("max_queue_size={}: it is at least 1", *end_.queue_packets));
    LineSpec line;
    if (end_.megabits) {
      if (!(*end_.megabits > 0))
        refuse(fmt::format("bw={}: it lets nothing through", *end_.megabits));
      line.rate = {BitsPerSecond{
                       static_cast<std::uint64_t>(std::max(0.0, *end_.megabits) * kBitsPerMegabit)},
                   place_};
    }
    line.delay = time("delay", end_.delay);
    line.jitter = time("jitter", end_.jitter);
    if (end_.loss_percent) {
      if (*end_.loss_percent < 0 || *end_.loss_percent > 100)
        refuse(fmt::format("loss={}: it is from 0 to 100", *end_.loss_percent));
      line.loss = {Percent{*end_.loss_percent}, place_};
    }
    // Without a rate nothing waits in a queue of ours.
    if (line.rate) line.queue = queue();
    return line;
  }

 private:
  void refuse(const std::string& what) {
    mistakes_.add(place_, "{} of {}: {}", end_.interface, end_.node, what);
  }

  std::optional<Placed<Nanos>> time(const char* key, const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    if (const auto value = parse_tc_time(*text)) return Placed<Nanos>{*value, place_};
    refuse(fmt::format("{}='{}': it is no time, such as '10ms'", key, *text));
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Placed<Bytes>> queue() const {
    double bytes = 0;
    if (end_.queue_packets) bytes = *end_.queue_packets * kFrame;
    if (end_.latency_ms)
      bytes = *end_.latency_ms / kMillisPerSecond * *end_.megabits * kBitsPerMegabit / 8;
    if (bytes < 1) return std::nullopt;
    return Placed<Bytes>{Bytes{static_cast<std::uint64_t>(std::llround(bytes))}, place_};
  }

  const MininetEnd& end_;
  const Place& place_;
  Mistakes& mistakes_;
};

}  // namespace

std::optional<Nanos> parse_tc_time(std::string_view text) {
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || !(number >= 0)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  for (const auto& [name, nanos] : kUnits)
    if (name == text && number * nanos < 9e18) return Nanos{std::llround(number * nanos)};
  return std::nullopt;
}

LineSpec line_of(const MininetEnd& end, const Place& place, Mistakes& mistakes) {
  return TcReader{end, place, mistakes}.read();
}

}  // namespace wandrill
