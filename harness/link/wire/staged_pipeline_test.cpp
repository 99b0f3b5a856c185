// SPDX-License-Identifier: Apache-2.0
#include "link/wire/staged_pipeline.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"
#include "link/testing/packets.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::Packet;

namespace {

const Clock::time_point kStart{1h};
const TrafficFilter kUdp{.protocol = "udp"};
const TrafficFilter kEf{.dscp = 46};

/// A direction with stages, and frames that are told apart by their source port.
class Bench {
 public:
  explicit Bench(const std::vector<TrafficFilter>& filters)
      : pipeline{{.run = 1, .wan = "wan_a", .direction = Direction::kUp}, filters} {}

  void enter(const Packet& packet, Nanos at) {
    const auto bytes = packet.frame();
    Frame* frame = pool.take(bytes.size());
    frame->size = static_cast<std::uint32_t>(bytes.size());
    frame->at = kStart + at;
    std::ranges::copy(bytes, frame->bytes + FramePool::kPrefixBytes);
    pipeline.enter(*frame, pool);
  }
  /// The source ports of what is due by then, in order.
  std::vector<int> due(Nanos by) {
    std::vector<int> ports;
    while (Frame* frame = pipeline.take_due(kStart + by, pool)) {
      const auto* at = frame->bytes + FramePool::kPrefixBytes + 34;
      ports.push_back(at[0] << 8 | at[1]);
      pool.give_back(*frame);
    }
    return ports;
  }

  FramePool pool;
  StagedPipeline pipeline;
};

Packet udp(std::uint16_t port) {
  return {.source = port};
}
Packet tcp(std::uint16_t port) {
  return {.protocol = 6, .source = port};
}

}  // namespace

TEST_CASE("Only what matches meets a stage; everything else passes as before") {
  Bench bench{{kUdp}};
  bench.pipeline.change({.delay = 4ms}, kStart);
  bench.pipeline.change_stage(0, {.delay = 20ms}, kStart);
  bench.enter(udp(1), 0ms);
  bench.enter(tcp(2), 1ms);
  CHECK(bench.pipeline.next_due() == kStart + 5ms);
  CHECK(bench.due(5ms - 1ns).empty());
  CHECK(bench.due(5ms) == std::vector{2});
  CHECK(bench.due(24ms - 1ns).empty());
  CHECK(bench.due(24ms) == std::vector{1});
  CHECK(bench.pool.in_flight() == 0);
}

TEST_CASE("A packet meets every stage that it matches, one after the other") {
  Bench bench{{kUdp, kEf}};
  bench.pipeline.change_stage(0, {.delay = 20ms}, kStart);
  bench.pipeline.change_stage(1, {.delay = 7ms}, kStart);
  auto both = udp(1);
  both.dscp = 46;
  bench.enter(both, 0ms);
  bench.enter(udp(2), 0ms);
  CHECK(bench.due(20ms) == std::vector{2});
  CHECK(bench.due(27ms - 1ns).empty());
  CHECK(bench.due(27ms) == std::vector{1});
}

TEST_CASE("What was held apart still shares the line's rate") {
  Bench bench{{kUdp}};
  // 125 bytes take 1 ms.
  bench.pipeline.change({.rate = BitsPerSecond{1'000'000}}, kStart);
  bench.pipeline.change_stage(0, {.delay = 10ms}, kStart);
  auto first = udp(1);
  auto second = tcp(2);
  first.size = second.size = 111;
  bench.enter(first, 0ms);
  bench.enter(second, 10ms);
  // The first is at the line at 10 ms, before the second, which waits for it.
  CHECK(bench.due(11ms) == std::vector{1});
  CHECK(bench.due(12ms - 1ns).empty());
  CHECK(bench.due(12ms) == std::vector{2});
}

TEST_CASE("A stage that ends lets what it holds go first, in order") {
  Bench bench{{kUdp}};
  bench.pipeline.change_stage(0, {.delay = 20ms}, kStart);
  bench.enter(udp(1), 0ms);
  bench.pipeline.change_stage(0, {}, kStart + 1ms);
  bench.enter(udp(2), 2ms);
  bench.enter(tcp(3), 3ms);
  CHECK(bench.due(19ms) == std::vector{3});
  CHECK(bench.due(20ms) == std::vector{1, 2});
  bench.enter(udp(4), 21ms);
  CHECK(bench.due(21ms) == std::vector{4});
}

TEST_CASE("A blackhole, a loss and a copy of a stage are counted, and no memory is lost") {
  Bench bench{{kUdp}};
  bench.pipeline.change_stage(0, {.blackhole = true}, kStart);
  bench.enter(udp(1), 0ms);
  bench.enter(tcp(2), 0ms);
  CHECK(bench.due(1ms) == std::vector{2});
  CHECK(bench.pipeline.counters().blackholed == 1);
  bench.pipeline.change_stage(0, {.duplicate = {.share = Percent{100}}}, kStart + 2ms);
  bench.enter(udp(3), 2ms);
  bench.enter(tcp(4), 2ms);
  CHECK(bench.due(3ms) == std::vector{3, 3, 4});
  CHECK(bench.pipeline.counters().duplicated == 1);
  bench.pipeline.change_stage(0, {.loss = Percent{100}}, kStart + 4ms);
  bench.enter(udp(5), 4ms);
  CHECK(bench.due(5ms).empty());
  CHECK(bench.pipeline.counters().lost == 1);
  CHECK(bench.pool.in_flight() == 0);
}

TEST_CASE("A stage draws from a sequence of its own: the line loses the same with and without it") {
  const auto survivors = [](bool with_stage) {
    Bench bench{with_stage ? std::vector{kUdp} : std::vector<TrafficFilter>{}};
    bench.pipeline.change({.loss = Percent{30}}, kStart);
    if (with_stage) bench.pipeline.change_stage(0, {.delay = 1us, .reorder = {Percent{1}}}, kStart);
    for (std::uint16_t i = 0; i < 200; ++i)
      bench.enter(udp(i), i * 1ms);
    return bench.due(1s);
  };
  const auto without = survivors(false);
  CHECK(without.size() > 100);
  CHECK(without.size() < 180);
  CHECK(survivors(true) == without);
}

TEST_CASE("Everything that is in comes out, from the line and from the stages") {
  Bench bench{{kUdp}};
  bench.pipeline.change({.delay = 50ms}, kStart);
  bench.pipeline.change_stage(0, {.delay = 50ms}, kStart);
  bench.enter(udp(1), 0ms);
  bench.enter(tcp(2), 0ms);
  auto all = bench.pipeline.take_all();
  bench.pool.give_back_all(all);
  CHECK(bench.pool.in_flight() == 0);
  CHECK_FALSE(bench.pipeline.next_due().has_value());
  CHECK(bench.pipeline.in_force(0).delay == 50ms);
}
