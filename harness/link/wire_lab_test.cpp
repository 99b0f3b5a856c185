// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <numeric>
#include <thread>

#include <sys/socket.h>

#include "base/testing/catch.hpp"
#include "link/choose_engine.hpp"
#include "link/impaired_link.hpp"
#include "link/relay.hpp"
#include "link/testing/rig.hpp"
#include "link/verify.hpp"
#include "net/link.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::Rig;
using testing::Talker;

namespace {

/// Long enough for a machine that stalls.
constexpr Nanos kPatience = 3s;
/// What never comes is waited for this long.
constexpr Nanos kNever = 150ms;

struct Line {
  Rig rig;
  Relay relay;
  ImpairedLink link;

  explicit Line(const Impairment& up = {}, const Impairment& down = {},
                const Rig::Options& options = {})
      : rig{options}, link{rig.slot, rig.settings(up, down), Engine::kWire, &relay} {}

  /// Waits until both families pass both ways: IPv6 takes a moment on a fresh link.
  void wait_until_open() {
    for (const int family : {AF_INET, AF_INET6}) {
      const Talker router{rig.router, true, family, 4000};
      const Talker isp{rig.isp, false, family, 4000};
      const auto deadline = Clock::now() + kPatience;
      bool up = false;
      bool down = false;
      while (!(up && down)) {
        if (Clock::now() > deadline) throw std::runtime_error{"the link does not open"};
        router.send(1);
        isp.send(1);
        up = !isp.receive(1, 20ms).empty() || up;
        down = !router.receive(1, 20ms).empty() || down;
      }
    }
  }
};

std::vector<std::uint32_t> numbers(std::uint32_t count) {
  std::vector<std::uint32_t> result(count);
  std::iota(result.begin(), result.end(), 0U);
  return result;
}

/// From just before sending to the arrival of one datagram, router to ISP.
Nanos one_way(const Talker& from, const Talker& to) {
  const auto sent = Clock::now();
  from.send(1);
  REQUIRE(to.receive(1, kPatience).size() == 1);
  return Clock::now() - sent;
}

void send_many(const Talker& from, std::uint32_t count, Nanos interval = 0ns) {
  for (std::uint32_t i = 0; i < count; ++i) {
    from.send(i);
    if (interval > 0ns) std::this_thread::sleep_for(interval);
  }
}

}  // namespace

#define NEEDS_LAB() \
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason)

TEST_CASE("Traffic of both families passes both ways, whole and in order") {
  NEEDS_LAB();
  Line line;
  line.wait_until_open();
  for (const int family : {AF_INET, AF_INET6}) {
    const Talker router{line.rig.router, true, family};
    const Talker isp{line.rig.isp, false, family};
    send_many(router, 200);
    send_many(isp, 200);
    CHECK(isp.receive(200, kPatience) == numbers(200));
    CHECK(router.receive(200, kPatience) == numbers(200));
  }
  CHECK(line.link.counters(Direction::kUp).harness_dropped == 0);
}

TEST_CASE("Checksums and segments left to the hardware arrive correct") {
  NEEDS_LAB();
  Line line{{}, {}, {.offloads = true}};
  line.wait_until_open();
  for (const int family : {AF_INET, AF_INET6}) {
    const Talker router{line.rig.router, true, family};
    const Talker isp{line.rig.isp, false, family};
    router.send(1, 1400);
    CHECK(isp.receive(1, kPatience).size() == 1);
  }
}

TEST_CASE("A TCP stream passes whole, whoever computes its checksums and cuts its segments") {
  NEEDS_LAB();
  for (const bool offloads : {false, true}) {
    Line line{{}, {}, {.offloads = offloads}};
    line.wait_until_open();
    for (const int family : {AF_INET, AF_INET6}) {
      const auto sent = testing::tcp_bytes(2'000'000);
      CHECK((testing::tcp_transfer(line.rig, family, sent) == sent));
    }
    CHECK(line.link.counters(Direction::kUp).port_down == 0);
  }
}

TEST_CASE("A frame of 64 KiB survives the slot") {
  NEEDS_LAB();
  Line line{{}, {}, {.mtu = 65535}};
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  router.send(1, 65000);
  router.send(2, 100);
  router.send(3, 9000);
  CHECK(isp.receive(3, kPatience) == std::vector<std::uint32_t>{1, 2, 3});
}

TEST_CASE("A delay is added to one direction and taken away again") {
  NEEDS_LAB();
  Line line;
  line.wait_until_open();
  for (const int family : {AF_INET, AF_INET6}) {
    const Talker router{line.rig.router, true, family};
    const Talker isp{line.rig.isp, false, family};
    line.link.change(Direction::kUp, {.delay = 200ms});
    CHECK(one_way(router, isp) >= 200ms);
    CHECK(one_way(isp, router) < 200ms);
    line.link.change(Direction::kUp, {});
    CHECK(one_way(router, isp) < 200ms);
  }
}

TEST_CASE("A blackhole swallows one direction and no port notices") {
  NEEDS_LAB();
  Line line;
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET6};
  const Talker isp{line.rig.isp, false, AF_INET6};
  line.link.change(Direction::kUp, {.blackhole = true});
  send_many(router, 10);
  send_many(isp, 10);
  CHECK(router.receive(10, kPatience) == numbers(10));
  CHECK(isp.receive(1, kNever).empty());
  CHECK(has_carrier(line.rig.router_netlink, Rig::kPort));
  CHECK(line.link.counters(Direction::kUp).blackholed >= 10);
  CHECK(line.link.counters(Direction::kDown).blackholed == 0);
  line.link.change(Direction::kUp, {});
  send_many(router, 10);
  CHECK(isp.receive(10, kPatience) == numbers(10));
}

TEST_CASE("A change neither drops nor reorders the frames under way") {
  NEEDS_LAB();
  Line line{{.delay = 100ms}};
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  for (std::uint32_t i = 0; i < 200; ++i) {
    if (i % 50 == 49) line.link.change(Direction::kUp, {.delay = (i / 50) * 20ms});
    router.send(i);
    std::this_thread::sleep_for(200us);
  }
  CHECK(isp.receive(200, kPatience) == numbers(200));
}

TEST_CASE("Jitter keeps the order of frames on the wire") {
  NEEDS_LAB();
  Line line{{.delay = 10ms, .jitter = 10ms}};
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  send_many(router, 300, 300us);
  CHECK(isp.receive(300, kPatience) == numbers(300));
}

TEST_CASE("A loss takes its share, and the same seed takes the same frames") {
  NEEDS_LAB();
  const auto survivors = [] {
    Line line;
    line.wait_until_open();
    const Talker router{line.rig.router, true, AF_INET};
    const Talker isp{line.rig.isp, false, AF_INET};
    line.link.change(Direction::kUp, {.loss = Percent{30}});
    send_many(router, 400);
    line.link.change(Direction::kUp, {});
    router.send(9999);
    auto arrived = isp.receive(401, 500ms);
    CHECK(arrived.back() == 9999);
    const auto counters = line.link.counters(Direction::kUp);
    CHECK(counters.frames == counters.forwarded + counters.lost);
    return arrived;
  };
  const auto first = survivors();
  CHECK(first.size() > 200);
  CHECK(first.size() < 360);
  // ARP and neighbour discovery are frames, too, and may come in between: two more tries.
  bool same = false;
  for (int i = 0; i < 3 && !same; ++i)
    same = survivors() == first;
  CHECK(same);
}

TEST_CASE("A rate spreads a burst over the time that its bytes take") {
  NEEDS_LAB();
  Line line;
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  line.link.change(Direction::kUp, {.rate = BitsPerSecond{1'000'000}});
  const auto start = Clock::now();
  for (std::uint32_t i = 0; i < 20; ++i)
    router.send(i, 1208);  // with its headers 1250 bytes: 10 ms
  CHECK(isp.receive(20, kPatience) == numbers(20));
  CHECK(Clock::now() - start >= 200ms);
  line.link.change(Direction::kUp, {.rate = BitsPerSecond{1'000'000}, .queue = Bytes{5000}});
  for (std::uint32_t i = 0; i < 20; ++i)
    router.send(i, 1208);
  CHECK(isp.receive(20, 400ms).size() <= 6);
  CHECK(line.link.counters(Direction::kUp).queue_dropped >= 14);
}

TEST_CASE("A port without link is seen at that port only, and the link recovers by itself") {
  NEEDS_LAB();
  Line line{{.delay = 5ms}, {.delay = 5ms}};
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  for (const auto side : {Side::kRouter, Side::kIsp}) {
    const bool router_down = side == Side::kRouter;
    line.link.set_port(side, false);
    CHECK(has_carrier(line.rig.router_netlink, Rig::kPort) == !router_down);
    CHECK(has_carrier(line.rig.isp_netlink, Rig::kPort) == router_down);
    send_many(router_down ? isp : router, 5);
    CHECK((router_down ? router : isp).receive(1, kNever).empty());
    line.link.set_port(side, true);
    CHECK(has_carrier(line.rig.router_netlink, Rig::kPort));
    CHECK(has_carrier(line.rig.isp_netlink, Rig::kPort));
    line.wait_until_open();
  }
}

TEST_CASE("A router hears at once that its port lost link, also the third time within a second") {
  NEEDS_LAB();
  Line line;
  const UniqueFd ear = testing::listen_to_links(line.rig.router);
  // The kernel holds such news back for up to 1 s in some cases; a quarter is beyond most stalls.
  int late = 0;
  for (int i = 0; i < 6; ++i) {
    const auto start = Clock::now();
    line.link.set_port(Side::kRouter, i % 2 == 1);
    REQUIRE(testing::hears(ear, kPatience));
    if (Clock::now() - start > 250ms) ++late;
  }
  CHECK(late <= 1);
}

TEST_CASE("Frames on their way to a port that loses link do not come late") {
  NEEDS_LAB();
  Line line{{.delay = 100ms}};
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  send_many(router, 10);
  line.link.set_port(Side::kIsp, false);
  line.link.set_port(Side::kIsp, true);
  CHECK(isp.receive(1, 300ms).empty());
  CHECK(line.link.counters(Direction::kUp).port_down >= 10);
}

TEST_CASE("Every change reads back as it was asked for") {
  NEEDS_LAB();
  Line line;
  const Impairment asked{.loss = Percent{1.5},
                         .delay = 25ms,
                         .jitter = 3ms,
                         .rate = BitsPerSecond{50'000'000},
                         .queue = Bytes{100'000}};
  line.link.change(Direction::kDown, asked);
  CHECK(line.link.read_back(Direction::kDown) == asked);
  CHECK(line.link.read_back(Direction::kUp) == Impairment{});
}

TEST_CASE("The wire engine can always be had, and auto says why it chose") {
  NEEDS_LAB();
  CHECK(choose_engine(EngineChoice::kWire).engine == Engine::kWire);
  const auto chosen = choose_engine(EngineChoice::kAuto);
  CHECK((chosen.engine == Engine::kNetem) == kernel_has_netem());
  CHECK_FALSE(chosen.reason.empty());
}

TEST_CASE("A link that ends leaves no thread and no descriptor") {
  NEEDS_LAB();
  const auto descriptors = testing::open_descriptors();
  const auto threads = testing::running_threads();
  {
    Line line{{.delay = 500ms}};
    line.wait_until_open();
    send_many(Talker{line.rig.router, true, AF_INET}, 50);
    CHECK(testing::running_threads() == threads + 1);
  }
  CHECK(testing::open_descriptors() == descriptors);
  CHECK(testing::running_threads() == threads);
}
