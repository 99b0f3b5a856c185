// SPDX-License-Identifier: Apache-2.0
#include "calibrate/calibration.hpp"

#include "base/error.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

Calibration sample() {
  TesterAccuracy accuracy{
      .outage_probe = {.count = 24, .p50 = 0.4, .p95 = 0.9, .p99 = 1.2, .max = 1.3},
      .outage_call = {.count = 24, .p50 = 9, .p95 = 19, .p99 = 20, .max = 20},
      .delay = {.count = 5000, .p50 = 0.05, .p95 = 0.1, .p99 = 0.2, .max = 3},
      .late_sends = {.count = 30000, .p50 = 0.05, .p95 = 0.1, .p99 = 0.2, .max = 8},
      .stalls = 1,
      .longest_stall_ms = 12.5};
  accuracy.losses.push_back({.flow = "ruler.up",
                             .requested_percent = 2,
                             .sent = 3000,
                             .lost = 61,
                             .low = 38,
                             .high = 88});
  return {.key = {.machine = "lab",
                  .kernel = "6.1",
                  .engine = "wire",
                  .version = "0.1.0",
                  .root = true},
          .taken = "2026-11-23T14:00:00Z",
          .cpus = 2,
          .realtime_scheduling = true,
          .idle = accuracy,
          .busy = accuracy};
}

}  // namespace

TEST_CASE("Percentiles of errors are the nearest rank", "[calibrate]") {
  std::vector<double> errors;
  for (int value = 100; value >= 1; --value)
    errors.push_back(value);
  const auto spread = spread_of(errors);
  CHECK(spread.count == 100);
  CHECK(spread.p50 == 50);
  CHECK(spread.p95 == 95);
  CHECK(spread.p99 == 99);
  CHECK(spread.max == 100);
  CHECK(spread_of({}).count == 0);
  CHECK(spread_of({7}).p50 == 7);
}

TEST_CASE("A calibration survives its own JSON", "[calibrate]") {
  const auto document = to_document(sample());
  CHECK(to_document(calibration_from(document)) == document);
  CHECK_THROWS_AS(calibration_from(Json{{"machine", "lab"}}), MachineError);
}

TEST_CASE("A loss beyond chance does not hold", "[calibrate]") {
  auto calibration = sample();
  CHECK(calibration.idle.losses_hold());
  calibration.idle.losses.front().lost = 89;
  CHECK_FALSE(calibration.idle.losses_hold());
  CHECK(to_text(calibration, false).find(" no\n") != std::string::npos);
  CHECK(quote_of(calibration).at("idle").at("losses_hold") == false);
  CHECK(quote_of(calibration).at("busy").at("losses_hold") == true);
}

TEST_CASE("The table shows both conditions of every line within 100 columns", "[calibrate]") {
  const auto text = to_text(sample(), false);
  CHECK(text.find("outage, by a 1 ms probe") != std::string::npos);
  CHECK(text.find("0.900 ms") != std::string::npos);
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find('\n', start);
    CHECK(end - start <= 100);
    start = end + 1;
  }
}
