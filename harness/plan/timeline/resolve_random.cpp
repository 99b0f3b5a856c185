// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/timeline/timeline_labels.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// From `least` to `most`, evenly.
struct Range {
  Nanos least{0};
  Nanos most{0};

  Nanos draw(Random& random) const {
    return least + Nanos{static_cast<Nanos::rep>(random.uniform() *
                                                 static_cast<double>((most - least).count()))};
  }
};

Range range_of(const std::optional<Placed<Nanos>>& least, const std::optional<Placed<Nanos>>& most,
               std::string_view name, Mistakes& mistakes) {
  Range range{least ? least->value : Nanos{0}, Nanos{0}};
  range.most = most ? most->value : range.least;
  if (most && range.most < range.least)
    mistakes.add(most->place, "'{}_up_to' must be at least '{}', which is {}", name, name,
                 to_string(range.least));
  range.most = std::max(range.most, range.least);
  return range;
}

void check_fault_of_random(const StepSpec& fault, Mistakes& mistakes) {
  if (!fault.fault)
    mistakes.add(fault.place, "each of the 'faults' of a random schedule is a fault");
  if (fault.at || fault.wait || fault.wait_until || fault.after)
    mistakes.add(fault.place, "the schedule draws the time of its faults; they take no time");
}

}  // namespace

std::vector<StepSpec> draw_random(const StepSpec& step, std::uint64_t seed, Mistakes& mistakes) {
  const auto before = mistakes.size();
  const auto gap = range_of(step.gap, step.gap_up_to, "gap", mistakes);
  const auto lasting = range_of(step.lasting, step.lasting_up_to, "lasting", mistakes);
  if (step.times && (step.times->value < 1 || step.times->value > defaults::kMostCycles))
    mistakes.add(step.times->place, "'times' must be from 1 to {}", defaults::kMostCycles);
  if (step.lasting && lasting.least == Nanos{0})
    mistakes.add(step.lasting->place, "'lasting' must be more than 0");
  if (step.steps.empty()) mistakes.add(step.place, "this random schedule has no faults");
  for (const auto& fault : step.steps)
    check_fault_of_random(fault, mistakes);
  if (mistakes.size() > before || !step.times) return {};

  Random random{derive_seed(seed, {"random", std::to_string(step.place.line)})};
  std::vector<StepSpec> drawn;
  for (std::uint64_t i = 0; i < step.times->value; ++i) {
    const auto which =
        static_cast<std::size_t>(random.uniform() * static_cast<double>(step.steps.size()));
    StepSpec fault = step.steps[which];
    fault.wait = Placed<Nanos>{gap.draw(random), fault.place};
    StepSpec restore{.place = fault.place,
                     .wait = Placed<Nanos>{lasting.draw(random), fault.place},
                     .restore = Placed<std::string>{label_of(fault), fault.place}};
    drawn.push_back(std::move(fault));
    drawn.push_back(std::move(restore));
  }
  return drawn;
}

}  // namespace wandrill
