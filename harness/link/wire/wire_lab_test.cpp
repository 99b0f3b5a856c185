// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <thread>

#include <sys/socket.h>

#include "base/testing/catch.hpp"
#include "link/choose_engine.hpp"
#include "link/testing/line.hpp"
#include "net/link.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

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
    CHECK(fastest_one_way(router, isp, 200ms) >= 200ms);
    CHECK(fastest_one_way(isp, router, 200ms) < 200ms);
    line.link.change(Direction::kUp, {});
    CHECK(fastest_one_way(router, isp, 200ms) < 200ms);
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
    auto arrived = isp.receive_until(9999, kPatience);
    REQUIRE_FALSE(arrived.empty());
    CHECK(arrived.back() == 9999);
    const auto counters = line.link.counters(Direction::kUp);
    CHECK(counters.frames == counters.forwarded + counters.lost);
    return arrived;
  };
  // ARP and neighbour discovery are frames, too, and may come in between: any two of five runs.
  std::vector<std::vector<std::uint32_t>> runs;
  bool same = false;
  for (int i = 0; i < 5 && !same; ++i) {
    const auto arrived = survivors();
    CHECK(arrived.size() > 200);
    CHECK(arrived.size() < 360);
    same = std::find(runs.begin(), runs.end(), arrived) != runs.end();
    runs.push_back(arrived);
  }
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
