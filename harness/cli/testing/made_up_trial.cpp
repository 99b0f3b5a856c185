// SPDX-License-Identifier: Apache-2.0
#include "cli/testing/made_up_trial.hpp"

#include <fmt/format.h>

#include "measure/testing/run_builder.hpp"

namespace wandrill::testing {

using namespace std::chrono_literals;

Examined made_up_trial(int number) {
  const auto moved = 2s + (number == 7 ? 900ms : 10ms * (number % 50));
  RunBuilder run;
  run.session("call", 20ms)
      .session("other", 20ms)
      .cut("wan_a", 2s, 0s)
      .move("wan_b", moved)
      .end(6s);
  auto plan = run.plan();
  plan.trial = number;
  plan.seed = static_cast<std::uint64_t>(number);
  return examine(plan, run.recording(),
                 std::filesystem::current_path() / fmt::format("trial-{:03}", number), {});
}

}  // namespace wandrill::testing
