// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "plan/faults/fault_text.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

Plan plan_with(const std::string& fault, const std::string& engine = "auto") {
  auto loaded = load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/failback.yaml");
  Mistakes mistakes;
  loaded.scenario = decode_scenario(
      {"made.yaml", "scenario: made\ntopology: home_office\nengine: " + engine +
                        "\ntraffic:\n  call: {kind: rtp, from: desk_phone, to: pbx}\ntimeline:\n" +
                        "  - {on: wan_a, " + fault + "}\n"},
      mistakes);
  mistakes.throw_if_any();
  return resolve(loaded);
}

FaultAction fault_in(const std::string& fault) {
  return std::get<FaultAction>(plan_with(fault).timeline.steps.at(0).action);
}

std::string mistake_in(const std::string& fault, const std::string& engine = "auto") {
  try {
    static_cast<void>(plan_with(fault, engine));
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("Frames are reordered, doubled and corrupted as asked") {
  const auto reorder = fault_in("fault: reorder, reorder: 25%, delay: 20ms, correlation: 10%");
  CHECK(reorder.value.reorder == CorrelatedProbability{Percent{25}, Percent{10}});
  CHECK(reorder.value.delay == 20ms);
  CHECK(fault_text(reorder) == "reorder 25%, correlation 10%, the others delay +20ms");
  CHECK(fault_in("fault: duplicate, duplicate: 5%").value.duplicate.share == Percent{5});
  CHECK(fault_in("fault: corrupt, corrupt: 1%").value.corrupt.share == Percent{1});
  CHECK(fault_in("fault: loss, loss: 5%, correlation: 25%").value.loss_correlation == Percent{25});
}

TEST_CASE("A burst loses everything within and nothing between, unless it says otherwise") {
  const auto plain = fault_in("fault: loss, burst: {enter: 1%, leave: 25%}").value;
  CHECK(plain.bursts == LossBursts{.enter = Percent{1}, .leave = Percent{25}});
  CHECK(mean_loss(plain).value == Approx(100.0 / 26.0));
  const auto full =
      fault_in("fault: loss, burst: {enter: 1%, leave: 25%, loss_in_burst: 80%, loss_between: 2%}");
  CHECK(full.value.bursts.loss_in_burst == Percent{80});
  CHECK(full.value.bursts.loss_between == Percent{2});
}

TEST_CASE("What is out of range or does not belong together is refused where it stands") {
  CHECK_THAT(mistake_in("fault: corrupt, corrupt: 101%"),
             Catch::Contains("'corrupt' must be more than 0% and at most 100%"));
  CHECK_THAT(
      mistake_in("fault: duplicate, duplicate: 0%"),
      Catch::Contains("made.yaml:7:") && Catch::Contains("'duplicate' must be more than 0%"));
  CHECK_THAT(mistake_in("fault: reorder, reorder: 20%"),
             Catch::Contains("'fault: reorder' needs 'delay'"));
  CHECK_THAT(mistake_in("fault: reorder, reorder: 100%, delay: 5ms"),
             Catch::Contains("if every frame overtakes, none does"));
  CHECK_THAT(mistake_in("fault: loss, loss: 5%, burst: {enter: 1%, leave: 25%}"),
             Catch::Contains("use 'loss_between' for 'loss'"));
  CHECK_THAT(mistake_in("fault: loss, burst: {enter: 1%, leave: 25%, loss_between: 100%}"),
             Catch::Contains("raise 'loss_in_burst'"));
  CHECK_THAT(mistake_in("fault: loss, loss: 5%, correlation: 99%"),
             Catch::Contains("'correlation' is at most 95%"));
  CHECK_THAT(mistake_in("fault: delay, delay: 5ms, correlation: 9%"),
             Catch::Contains("'correlation' belongs to"));
  CHECK_THAT(mistake_in("fault: rate, rate: 5Mbit/s, queue: 1000B"),
             Catch::Contains("holds not even one full frame"));
}

TEST_CASE("What netem cannot do is refused for netem and played by wire for auto") {
  const std::string jitter = "fault: jitter, jitter: 5ms, correlation: 50%";
  CHECK_THAT(mistake_in(jitter, "netem"), Catch::Contains("use 'engine: wire'"));
  CHECK(plan_with(jitter).engine == EngineChoice::kWire);
  CHECK(plan_with(jitter, "wire").engine == EngineChoice::kWire);
  CHECK(plan_with("fault: loss, loss: 5%, correlation: 50%").engine == EngineChoice::kAuto);
}
