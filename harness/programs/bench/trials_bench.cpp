// SPDX-License-Identifier: Apache-2.0
// Sums up so many made-up trials, as `wandrill run` does; prints its peak memory in MB.
#include <cstdlib>

#include <fmt/format.h>
#include <sys/resource.h>

#include "cli/testing/made_up_trial.hpp"
#include "cli/trial_sum.hpp"
#include "reports/summary.hpp"

int main(int argc, char** argv) {
  const int trials = argc > 1 ? std::atoi(argv[1]) : 10;
  wandrill::TrialSum sum;
  for (int number = 1; number <= trials; ++number)
    sum.add(wandrill::testing::made_up_trial(number));
  const auto result = sum.result("runs/made-up");
  const auto size =
      result.document.dump(2).size() + wandrill::summary_text(result.document, 110, false).size();
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  fmt::print("{:.2f} MB, {} bytes of reports\n", static_cast<double>(used.ru_maxrss) * 1024 / 1e6,
             size);
}
