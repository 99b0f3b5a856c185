// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/testing/catch.hpp"
#include "link/proof/verify.hpp"
#include "link/testing/staged_line.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

#define NEEDS_LAB() \
  if (const auto reason = why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason)

namespace {

constexpr Nanos kPatience = 5s;
/// What never comes is waited for this long.
constexpr Nanos kNever = 200ms;
constexpr std::uint32_t kCount = 20;

/// A filter, a packet that matches it, and some that differ in one thing.
struct Choice {
  TrafficFilter filter;
  Packet match;
  std::vector<Packet> misses;
};

std::vector<Choice> choices(Family family) {
  const bool v4 = family == Family::kIpv4;
  const auto packet = [family](Packet wanted) {
    wanted.family = family;
    return wanted;
  };
  const std::uint8_t icmp = v4 ? 1 : 58;
  auto fragment = packet({.destination = 5060, .fragment_offset = 1480});
  if (!v4) fragment.extensions = {44};
  return {{{.family = v4 ? "ipv4" : "ipv6"},
           packet({}),
           {{.family = v4 ? Family::kIpv6 : Family::kIpv4}}},
          {{.protocol = "udp"}, packet({}), {packet({.protocol = 6}), packet({.protocol = 50})}},
          {{.protocol = "tcp"}, packet({.protocol = 6}), {packet({})}},
          {{.protocol = "icmp"}, packet({.protocol = icmp}), {packet({})}},
          {{.protocol = "esp"}, packet({.protocol = 50}), {packet({}), packet({.protocol = 51})}},
          {{.protocol = "udp", .port = {5060, 5060}},
           packet({.destination = 5060}),
           {packet({.destination = 5061}), packet({.protocol = 6, .destination = 5060}), fragment}},
          {{.protocol = "udp", .port = {16384, 32767}},
           packet({.source = 20000}),
           {packet({.source = 16383}), packet({.source = 32768})}},
          {{.protocol = "udp", .source_port = {53, 53}},
           packet({.source = 53}),
           {packet({.destination = 53})}},
          {{.protocol = "udp", .destination_port = {53, 53}},
           packet({.destination = 53}),
           {packet({.source = 53})}},
          {{.dscp = 46}, packet({.dscp = 46}), {packet({.dscp = 0}), packet({.dscp = 44})}},
          {{.min_size = Bytes{1200}}, packet({.size = 1200}), {packet({.size = 1199})}},
          {{.max_size = Bytes{200}}, packet({.size = 200}), {packet({.size = 201})}}};
}

/// Sends matches and misses in turn; the numbers of each that came.
std::pair<std::size_t, std::size_t> cross(const RawEnd& from, const RawEnd& to,
                                          const Choice& choice, bool all_come) {
  const auto misses = static_cast<std::uint32_t>(choice.misses.size());
  for (std::uint32_t i = 0; i < kCount; ++i) {
    from.send(choice.match, i);
    for (std::uint32_t k = 0; k < misses; ++k)
      from.send(choice.misses[k], 1000 + i * misses + k);
  }
  // A match that should not come must have the time for it.
  const auto arrivals = to.receive(kCount * (1 + misses), all_come ? kPatience : kNever);
  const auto matched =
      std::ranges::count_if(arrivals, [](const Arrival& arrival) { return arrival.number < 1000; });
  return {static_cast<std::size_t>(matched), arrivals.size() - static_cast<std::size_t>(matched)};
}

}  // namespace

TEST_CASE("A filtered blackhole takes what matches and nothing else, and is gone when restored",
          "[filter]") {
  NEEDS_LAB();
  for (const auto engine : engines())
    for (const auto family : {Family::kIpv4, Family::kIpv6})
      for (const auto& choice : choices(family)) {
        INFO(to_string(engine) << " " << to_string(family) << " " << to_string(choice.filter));
        StagedLine line{engine, {choice.filter}};
        const std::pair<std::size_t, std::size_t> whole{kCount, kCount * choice.misses.size()};
        const std::pair<std::size_t, std::size_t> without{0, whole.second};
        CHECK(cross(line.router, line.isp, choice, true) == whole);
        line.change(0, Direction::kUp, {.blackhole = true});
        CHECK(cross(line.router, line.isp, choice, false) == without);
        CHECK(cross(line.isp, line.router, choice, true) == whole);
        line.change(0, Direction::kUp, {});
        CHECK(cross(line.router, line.isp, choice, true) == whole);
        line.change(0, Direction::kDown, {.blackhole = true});
        CHECK(cross(line.isp, line.router, choice, false) == without);
        line.change(0, Direction::kDown, {});
        CHECK(cross(line.isp, line.router, choice, true) == whole);
        CHECK(mismatch({}, line.link->read_back(Direction::kUp)) == "");
      }
}

TEST_CASE("A filtered delay holds what matches, on top of the line's own", "[filter]") {
  NEEDS_LAB();
  for (const auto engine : engines()) {
    INFO(to_string(engine));
    StagedLine line{engine, {{.dscp = 46}}, {.delay = 30ms}};
    line.change(0, Direction::kUp, {.delay = 200ms});
    const auto start = Clock::now();
    line.router.send({.dscp = 46}, 1);
    line.router.send({.dscp = 0}, 2);
    const auto arrivals = line.isp.receive(2, kPatience);
    REQUIRE(arrivals.size() == 2);
    CHECK(arrivals[0].number == 2);
    CHECK(arrivals[0].at - start >= 30ms);
    CHECK(arrivals[1].number == 1);
    CHECK(arrivals[1].at - start >= 230ms);
  }
}

TEST_CASE("A packet meets the stages of all filters that it matches", "[filter]") {
  NEEDS_LAB();
  for (const auto engine : engines()) {
    INFO(to_string(engine));
    StagedLine line{engine, {{.protocol = "udp"}, {.dscp = 46}, {.family = "ipv6"}}};
    line.change(0, Direction::kUp, {.delay = 100ms});
    line.change(1, Direction::kUp, {.delay = 150ms});
    line.change(2, Direction::kUp, {.blackhole = true});
    const auto start = Clock::now();
    line.router.send({.dscp = 46}, 1);
    line.router.send({.dscp = 0}, 2);
    line.router.send({.protocol = 6}, 3);
    line.router.send({.family = Family::kIpv6, .dscp = 46}, 4);
    const auto arrivals = line.isp.receive(4, 1s);
    REQUIRE(arrivals.size() == 3);
    CHECK(arrivals[0].number == 3);
    CHECK(arrivals[1].number == 2);
    CHECK(arrivals[1].at - start >= 100ms);
    CHECK(arrivals[2].number == 1);
    CHECK(arrivals[2].at - start >= 250ms);
  }
}

TEST_CASE("What has a rate of its own still shares the line's", "[filter]") {
  NEEDS_LAB();
  for (const auto engine : engines()) {
    INFO(to_string(engine));
    StagedLine line{engine, {{.dscp = 46}}, {.rate = BitsPerSecond{2'000'000}}};
    line.change(0, Direction::kUp, {.rate = BitsPerSecond{4'000'000}});
    const auto start = Clock::now();
    // 1250 bytes each: 5 ms on the line, 2.5 ms in the stage.
    for (std::uint32_t i = 0; i < 20; ++i) {
      line.router.send({.dscp = 46, .size = 1236}, i);
      line.router.send({.size = 1236}, 1000 + i);
    }
    const auto arrivals = line.isp.receive(40, kPatience);
    REQUIRE(arrivals.size() == 40);
    CHECK(arrivals.back().at - start >= 195ms);
    // In the line, those of one kind keep their order.
    for (const bool matching : {true, false}) {
      std::vector<std::uint32_t> numbers;
      for (const auto& arrival : arrivals)
        if ((arrival.number < 1000) == matching) numbers.push_back(arrival.number);
      CHECK(std::ranges::is_sorted(numbers));
    }
  }
}

TEST_CASE("A copy that a stage makes is one copy, and of what matches", "[filter]") {
  NEEDS_LAB();
  for (const auto engine : engines()) {
    INFO(to_string(engine));
    StagedLine line{engine, {{.protocol = "udp"}}, {.delay = 5ms}};
    line.change(0, Direction::kUp, {.duplicate = {.share = Percent{100}}});
    for (std::uint32_t i = 0; i < kCount; ++i) {
      line.router.send({}, i);
      line.router.send({.protocol = 6}, 1000 + i);
    }
    const auto arrivals = line.isp.receive(1000, 500ms);
    CHECK(arrivals.size() == 3 * kCount);
    for (std::uint32_t i = 0; i < kCount; ++i) {
      CHECK(std::ranges::count(arrivals, i, &Arrival::number) == 2);
      CHECK(std::ranges::count(arrivals, 1000 + i, &Arrival::number) == 1);
    }
  }
}

TEST_CASE("A link with stages leaves nothing behind", "[filter]") {
  NEEDS_LAB();
  for (const auto engine : engines()) {
    static_cast<void>(StagedLine{engine, {{.protocol = "udp"}}});
    const auto descriptors = open_descriptors();
    const auto threads = running_threads();
    static_cast<void>(StagedLine{engine, {{.protocol = "udp"}, {.dscp = 46}}});
    CHECK(open_descriptors() == descriptors);
    CHECK(running_threads() == threads);
  }
}
