// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ctime>

#include <fmt/core.h>

#include "base/testing/catch.hpp"
#include "traffic/testing/rig.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using testing::Rig;

double cpu_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

// Hidden: only of worth in a release build on an idle machine. Run it by its name.
TEST_CASE("Five hundred two-way calls lose nothing and leave the core some air", "[.performance]") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  for (int call = 0; call < 500; ++call)
    rig.add(TrafficKind::kRtp, 20ms, Family::kIpv4);
  rig.spread_phases();
  rig.before_start([&](Traffic& traffic) {
    traffic.add_tap({.number = 0, .name = "wan", .networks = {}}, rig.server(), "cable");
  });
  double before = 0;
  double after = 0;
  rig.after(1s, [&] { before = cpu_seconds(); });
  rig.after(6s, [&] { after = cpu_seconds(); });
  const auto recording = rig.play(6500ms);
  const auto load = (after - before) / 5;
  std::vector<std::int32_t> late = recording.sent.lateness;
  std::sort(late.begin(), late.end());
  fmt::print("sent {} received {} tapped {}: {:.1f} % of one core; late p50 {} us, p99 {} us\n",
             recording.sent.size(), recording.received.size(), recording.tapped.size(), 100 * load,
             late[late.size() / 2] / 1000, late[late.size() * 99 / 100] / 1000);
  CHECK(recording.received.size() == recording.sent.size());
  CHECK(recording.tapped.size() == recording.sent.size());
  CHECK(load < 0.6);
}

}  // namespace
}  // namespace wandrill
