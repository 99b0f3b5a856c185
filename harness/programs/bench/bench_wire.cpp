// SPDX-License-Identifier: Apache-2.0
// How good the wire engine is on this machine, as one JSON object on stdout: the error of a delay
// of 10 ms, throughput, and the relay's share of a CPU under many small packets. Runs in namespaces
// of its own; as any user who may make them.
#include <algorithm>
#include <cstdio>
#include <thread>

#include <fmt/format.h>
#include <time.h>

#include "base/error.hpp"
#include "link/impaired_link.hpp"
#include "link/testing/rig.hpp"
#include "link/wire/relay.hpp"
#include "programs/bench/streams.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::Rig;
using testing::Talker;

namespace {

constexpr Nanos kSpan = 3s;
constexpr double kUdpOffered = 950e6;
constexpr double kFullFrameBits = 8.0 * 1514.0;
constexpr int kDelayProbes = 2000;
constexpr int kSmallPacketsPerSecond = 30'000;

struct Line {
  Rig rig;
  Relay relay;
  ImpairedLink link;

  explicit Line(Nanos delay)
      : link{rig.slot, rig.settings({.delay = delay}, {.delay = delay}), Engine::kWire, &relay} {}
};

/// CPU time of the relay's thread, with what its kernel calls set off.
Nanos relay_cpu(Relay& relay) {
  timespec time{};
  relay.run([&](FramePool&) { ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time); });
  return std::chrono::seconds{time.tv_sec} + Nanos{time.tv_nsec};
}

double milliseconds(Nanos time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

Nanos percentile(const std::vector<Nanos>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

std::string delay_error() {
  constexpr Nanos kDelay = 10ms;
  Line line{kDelay};
  auto errors = testing::one_way_times(line.rig, kDelayProbes, 1ms);
  for (auto& error : errors)
    error -= kDelay;
  std::sort(errors.begin(), errors.end());
  return fmt::format(
      R"("delay_error_ms": {{"delay": 10, "packets": {}, "p50": {:.3f}, "p99": {:.3f}, "max": {:.3f}}})",
      errors.size(), milliseconds(percentile(errors, 0.5)), milliseconds(percentile(errors, 0.99)),
      milliseconds(errors.back()));
}

/// Of a CPU, since `before`.
double share_of_cpu(Relay& relay, Nanos before, Clock::time_point start) {
  return milliseconds(relay_cpu(relay) - before) / milliseconds(Clock::now() - start);
}

std::string tcp(const char* name, Nanos delay) {
  Line line{delay};
  const auto before = relay_cpu(line.relay);
  const auto start = Clock::now();
  const double rate = testing::tcp_rate(line.rig, kSpan);
  return fmt::format(
      R"("{}": {{"mbit_per_s": {:.0f}, "relay_cpu": {:.2f}, "harness_dropped": {}}})", name,
      rate / 1e6, share_of_cpu(line.relay, before, start),
      line.link.counters(Direction::kUp).harness_dropped);
}

std::string udp(const char* name, Nanos delay) {
  Line line{delay};
  const auto before = relay_cpu(line.relay);
  const auto start = Clock::now();
  const auto [sent, arrived] = testing::udp_stream(line.rig, kUdpOffered, kSpan);
  const double cpu = share_of_cpu(line.relay, before, start);
  const double rate =
      static_cast<double>(arrived) * kFullFrameBits / std::chrono::duration<double>(kSpan).count();
  const auto counters = line.link.counters(Direction::kUp);
  return fmt::format(
      R"("{}": {{"mbit_per_s": {:.0f}, "offered_mbit_per_s": {:.0f}, "sent": {}, "came_in": {}, "refused": {}, "relayed": {}, "arrived": {}, "relay_cpu": {:.2f}, "harness_dropped": {}}})",
      name, rate / 1e6, kUdpOffered / 1e6, sent, counters.frames, counters.port_down,
      counters.forwarded, arrived, cpu, counters.harness_dropped);
}

std::string small_packets() {
  Line line{10ms};
  const auto before = relay_cpu(line.relay);
  const auto start = Clock::now();
  const auto lost = testing::small_packets(line.rig, kSmallPacketsPerSecond, kSpan);
  const double cpu = share_of_cpu(line.relay, before, start);
  const auto health = line.relay.health();
  return fmt::format(
      R"("small_packets": {{"per_second_each_way": {}, "lost": {}, "relay_cpu": {:.2f}, "late_wakeups": {}, "latest_ms": {:.3f}}})",
      kSmallPacketsPerSecond, lost, cpu, health.late, milliseconds(health.latest));
}

std::string command_time() {
  Line line{0ms};
  std::vector<Nanos> times;
  for (int i = 0; i < 500; ++i) {
    const auto start = Clock::now();
    line.link.change(Direction::kUp, {.delay = i * 1us});
    times.push_back(Clock::now() - start);
    std::this_thread::sleep_for(1ms);
  }
  std::sort(times.begin(), times.end());
  return fmt::format(R"("change_ms": {{"p50": {:.3f}, "p99": {:.3f}}})",
                     milliseconds(percentile(times, 0.5)), milliseconds(percentile(times, 0.99)));
}

}  // namespace

int main() try {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) throw MachineError{reason};
  bool realtime = false;
  {
    Relay relay;
    realtime = relay.health().realtime;
  }
  fmt::print("{{\"realtime\": {},\n {},\n {},\n {},\n {},\n {},\n {},\n {}}}\n", realtime,
             command_time(), delay_error(), tcp("tcp", 0ms), tcp("tcp_10ms", 10ms), udp("udp", 0ms),
             udp("udp_10ms", 10ms), small_packets());
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "bench_wire: {}\n", error.what());
  return 3;
}
