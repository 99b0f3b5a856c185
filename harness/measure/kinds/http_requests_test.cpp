// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/http_requests.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

/// A run with a site that is asked twice a second for 10 s; the WAN is cut from 3 s to 6 s.
class Site {
 public:
  Site() {
    run_.session("site", 500ms, TrafficKind::kHttp).session("ruler", 20ms, TrafficKind::kProbe);
    run_.http("site", {.kept = false}).cut("wan_a", 3s, 6s).move("wan_b", 4s).move("wan_a", 7s);
  }

  Site& answer(Nanos asked, Nanos first_byte, Nanos complete) {
    return end(asked, complete, "answered", first_byte);
  }
  Site& fail(Nanos asked, Nanos after, const std::string& outcome) {
    return end(asked, after, outcome, 0ns);
  }
  Site& stall(Nanos from, Nanos until) {
    run_.stall(from, until);
    return *this;
  }
  Measured operator[](const std::string& name) {
    const auto measured = run_.end(10s).measurements();
    REQUIRE(measured.metrics.contains("site." + name));
    return measured.metrics.at("site." + name);
  }

 private:
  // NOLINTNEXTLINE(readability-function-size)
  Site& end(Nanos asked, Nanos after, const std::string& outcome, Nanos first_byte) {
    run_.event(HttpEvent{.at = RunInstant{asked + after},
                         .session = "site",
                         .sequence = next_++,
                         .asked = RunInstant{asked},
                         .outcome = outcome,
                         .first_byte = first_byte});
    return *this;
  }

  RunBuilder run_;
  std::uint64_t next_ = 0;
};

}  // namespace

TEST_CASE("Requests are counted by what became of them, and told apart by phase") {
  Site site;
  site.answer(1s, 10ms, 30ms).answer(2s, 20ms, 40ms).answer(8s, 50ms, 90ms);
  site.fail(3200ms, 2s, "timed_out").fail(3500ms, 10ms, "refused").fail(3600ms, 10ms, "reset");
  site.fail(5s, 20ms, "wrong").answer(5500ms, 60ms, 160ms);
  CHECK(site["requests"].value == 8);
  CHECK(site["success"].value == 50);
  CHECK(site["refused"].value == 1);
  CHECK(site["cut_short"].value == 1);
  CHECK(site["timed_out"].value == 1);
  CHECK(site["wrong"].value == 1);
  CHECK(site["success@before"].value == 100);
  CHECK(site["success@failover"].value == 0);
  CHECK(site["wrong@backup"].value == 1);
  CHECK(site["success@backup"].value == 50);
  CHECK(*site["first_byte_max"].value == Approx(0.06));
  CHECK(*site["complete_max"].value == Approx(0.16));
  CHECK(site["complete_max"].note == "of the request at 5.5 s");
  CHECK(*site["complete_p50@before"].value == Approx(0.03));
  CHECK(*site["complete_p50"].value == Approx(0.16));
}

TEST_CASE("A failed request is longer than all others") {
  Site site;
  site.answer(1s, 10ms, 30ms).fail(2s, 2s, "timed_out").fail(2500ms, 2s, "timed_out");
  CHECK_FALSE(site["complete_p50"].value);
  CHECK(site["complete_p50"].note == "most requests failed");
  CHECK(*site["complete_max"].value == Approx(0.03));
}

TEST_CASE("Without a request there is no success") {
  Site site;
  CHECK_FALSE(site["success"].value);
  CHECK(site["success"].note == "no request was made");
  CHECK(site["requests"].value == 0);
}

TEST_CASE("A request that was given up while the tester stood still is not held against anybody") {
  Site site;
  site.answer(1s, 10ms, 30ms).fail(2s, 2s, "timed_out").stall(2100ms, 3900ms);
  CHECK(site["success"].tester_share == 50);
  CHECK(site["timed_out"].tester_share == 1);
}

}  // namespace wandrill
