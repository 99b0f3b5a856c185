// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/policy.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

PolicyEvent barred(Nanos at, const std::string& session, std::uint64_t count) {
  return {.at = RunInstant{at},
          .rule = "barred",
          .wan = "wan_b",
          .direction = "up",
          .session = session,
          .packet = "UDP a > b",
          .count = count};
}

}  // namespace

TEST_CASE("Packets by a WAN that is not for their sender are counted, and told by their host") {
  RunBuilder run;
  run.session("call", 20ms)
      .session("ruler", 5ms, TrafficKind::kProbe)
      .event(barred(6s, "call", 1))
      .event(barred(7s, "ruler", 40))
      .event(barred(40s, "ruler", 1000))  // after the end
      .end(10s);
  const auto measured = run.measurements();
  const auto& packets = measured.metrics.at("router.barred_packets");
  CHECK(packets.value == 41.0);
  CHECK(packets.note == "on wan_b: UDP a > b");
  REQUIRE(packets.when);
  CHECK(packets.when->from == RunInstant{6s});
  REQUIRE(measured.barred.size() == 1);
  CHECK(measured.barred[0].packets == 41);
  CHECK(measured.barred[0].first == RunInstant{6s});
}

TEST_CASE("The first packet that leaks is when it was broken") {
  RunBuilder run;
  run.session("ruler", 5ms, TrafficKind::kProbe)
      .session("leaks", 200ms, TrafficKind::kForbidden)
      .lose("leaks.up", 0s, 6s)
      .end(10s);
  const auto arrived = run.measurements().metrics.at("leaks.arrived");
  CHECK(arrived.value > 0.0);
  REQUIRE(arrived.when);
  CHECK(arrived.when->from >= RunInstant{6s});
  CHECK(arrived.when->from < RunInstant{6300ms});
}

TEST_CASE("The longest gap tells when it was") {
  RunBuilder run;
  run.session("ruler", 5ms, TrafficKind::kProbe)
      .lose("ruler.up", 2s, 2100ms)
      .lose("ruler.up", 4s, 5s)
      .end(10s);
  const auto gap = run.measurements().metrics.at("ruler.up.longest_gap");
  REQUIRE(gap.when);
  CHECK(gap.when->from == RunInstant{3995ms});
  CHECK(gap.when->until == RunInstant{5s});
  const auto lost = run.measurements().metrics.at("ruler.up.lost");
  REQUIRE(lost.when);
  CHECK(lost.when->from == RunInstant{2s});
  CHECK(lost.when->until == RunInstant{5s});
}

}  // namespace wandrill
