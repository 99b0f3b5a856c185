// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/dns_series.hpp"

#include "base/testing/catch.hpp"
#include "measure/measure.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {

using namespace std::chrono_literals;

TEST_CASE("What came for a query and was no good answer is counted by its kind") {
  testing::RunBuilder run;
  run.session("lookups", 200ms, TrafficKind::kDns);
  const auto tell = [&](Nanos at, const std::string& state, const std::string& why) {
    run.event(SessionEvent{RunInstant{at}, "lookups", state, why});
  };
  tell(1s, "answered", "");
  tell(5s, "refused", "SERVFAIL");
  tell(5200ms, "refused", "SERVFAIL");
  tell(6s, "truncated", "an answer that was cut to fit");
  tell(7s, "stray", "an answer with another ID");
  run.event(SessionEvent{RunInstant{8s}, "other", "stray", ""});
  const auto result = run.end(10s).measurements();
  CHECK(result.metrics.at("lookups.refusals").value == 2);
  CHECK(result.metrics.at("lookups.refusals").note == "SERVFAIL");
  CHECK(result.metrics.at("lookups.truncated").value == 1);
  CHECK(result.metrics.at("lookups.strays").value == 1);
}

}  // namespace wandrill
