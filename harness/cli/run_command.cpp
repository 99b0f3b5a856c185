// SPDX-License-Identifier: Apache-2.0
#include "cli/run_command.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "base/files.hpp"
#include "base/json_line.hpp"
#include "base/printable.hpp"
#include "cli/calibrate_command.hpp"
#include "cli/examine.hpp"
#include "cli/guest_supervisor.hpp"
#include "cli/helm.hpp"
#include "cli/live_view.hpp"
#include "cli/output.hpp"
#include "cli/run_folder.hpp"
#include "cli/supervisor.hpp"
#include "cli/terminal.hpp"
#include "cli/trial_plans.hpp"
#include "cli/trial_sum.hpp"
#include "lab/load_whole.hpp"
#include "net/limits.hpp"
#include "plan/plan_text.hpp"
#include "record/recorder.hpp"
#include "reports/junit.hpp"
#include "reports/summary.hpp"
#include "reports/write_reports.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

ViewKind view_kind(bool json) {
  if (json) return ViewKind::kJson;
  return ::isatty(STDOUT_FILENO) != 0 ? ViewKind::kTerminal : ViewKind::kPlain;
}

constexpr std::size_t kPlainWidth = 110;

void print_result(const Json& document, bool json) {
  if (json)
    fmt::print("{}", json_line({{"type", "result"}, {"result", document}}));
  else
    fmt::print("\n{}",
               summary_text(document, terminal_width(kPlainWidth), ::isatty(STDOUT_FILENO) != 0));
  flush(stdout);
}

/// A disk that is full must not cost the verdict: it is printed all the same, and the run is no
/// success.
void write_or_complain(const fs::path& folder, const CellEnd& end, Examined& examined) {
  try {
    keep_cell_end(folder, end);
    write_reports(folder, examined.document);
  } catch (const std::system_error& error) {
    fmt::print(stderr, "wandrill: the reports of this run are not complete: {}\n",
               printable(with_limit(error)));
    examined.outcome = worst({examined.outcome, Outcome::kError});
  }
}

/// One trial, from its folder to its reports.
Examined run_one(const Plan& plan, const fs::path& folder, const RunOptions& options,
                 const std::optional<GuestFiles>& guest) {
  write_file(folder / "plan.yaml", plan_as_yaml(plan));
  const auto view = make_live_view(view_kind(options.json), stdout);
  const CellEnd end =
      guest ? supervise_in_vm(folder, *guest, *view) : supervise(plan, folder, *view);
  view->finish();
  auto examined = examine_run(plan, folder, end);
  write_or_complain(folder, end, examined);
  return examined;
}

/// `wandrill enter` needs the folder while the drill runs.
void announce(const Plan& plan, const fs::path& folder, bool json) {
  if (json)
    fmt::print(
        "{}",
        json_line({{"type", "start"}, {"scenario", plan.scenario}, {"folder", folder.native()}}));
  else
    fmt::print("{}: {}\nRun folder: {}\n", printable_line(plan.scenario),
               printable_line(plan.description), printable_line(folder.native()));
}

/// All trials of one scenario; prints and returns the document that stands for them.
Examined run_trials(const TrialPlans& plans, const RunOptions& options,
                    const std::optional<GuestFiles>& guest) {
  const auto& first = plans.first();
  const auto folder = create_run_folder(options.out, first.scenario);
  announce(first, folder, options.json);
  flush(stdout);
  if (plans.count() == 1) {
    auto examined = run_one(first, folder, options, guest);
    print_result(examined.document, options.json);
    return examined;
  }
  TrialSum trials;
  for (int trial = 1; trial <= plans.count(); ++trial) {
    const auto trial_folder = folder / fmt::format("trial-{:03}", trial);
    fs::create_directory(trial_folder);
    auto examined = run_one(plans.plan(trial), trial_folder, options, guest);
    const auto outcome = examined.outcome;
    trials.add(std::move(examined));
    if (!options.json) fmt::print("trial {} of {}: {}\n", trial, plans.count(), to_string(outcome));
    flush(stdout);
    if (outcome == Outcome::kInterrupted) break;
  }
  auto summed_up = trials.result(folder);
  write_or_complain(folder, {}, summed_up);
  print_result(summed_up.document, options.json);
  return summed_up;
}

void write_suite(const fs::path& out, const std::vector<Json>& documents) {
  if (documents.size() < 2) return;
  write_file(out / "junit.xml", junit_xml(documents));
  fmt::print("\n{} scenarios; JUnit for all of them: {}\n", documents.size(),
             printable_line((out / "junit.xml").native()));
}

}  // namespace

std::vector<std::string> scenario_files(const std::vector<std::string>& targets) {
  std::vector<std::string> files;
  for (const auto& target : targets) {
    if (!fs::is_directory(target)) {
      files.push_back(target);
      continue;
    }
    const auto before = files.size();
    for (const auto& summary : summaries(target))
      files.push_back(summary.file);
    if (files.size() == before)
      throw ConfigError{{{{target}, "this folder holds no scenario (*.yaml)"}}};
  }
  return files;
}

int run_scenarios(const RunOptions& options) {
  std::vector<TrialPlans> all;
  std::vector<Mistake> mistakes;
  for (const auto& file : scenario_files(options.targets)) {
    try {
      all.emplace_back(file, options);
    } catch (const ConfigError& error) {
      mistakes.insert(mistakes.end(), error.mistakes().begin(), error.mistakes().end());
    }
  }
  if (!mistakes.empty()) throw ConfigError{mistakes};
  std::optional<GuestFiles> guest;
  if (options.vm) guest = find_kernel(options.kernel);
  for (const auto& plans : all)
    warn_of_tight_expectations(plans.first(), guest ? guest->release : "");
  std::vector<Outcome> outcomes;
  std::vector<Json> documents;
  for (const auto& plans : all) {
    auto examined = run_trials(plans, options, guest);
    outcomes.push_back(examined.outcome);
    documents.push_back(std::move(examined.document));
    if (outcomes.back() == Outcome::kInterrupted) break;
  }
  write_suite(options.out, documents);
  return exit_code(worst(outcomes));
}

int steer_scenario(const RunOptions& options) {
  if (options.targets.size() != 1 || fs::is_directory(options.targets.front()))
    throw ConfigError{{{{"--steer"}, "goes with one scenario file"}}};
  if (options.vm) throw ConfigError{{{{"--steer"}, "does not go with --vm"}}};
  if (options.trials.value_or(1) != 1) throw ConfigError{{{{"--steer"}, "goes with one trial"}}};
  auto resolving = resolve_options(options);
  resolving.trials = 1;
  SteeredTimeline timeline{load_whole(options.targets.front(), load_options(options)), resolving};
  const auto folder = create_run_folder(options.out, timeline.plan().scenario);
  announce(timeline.plan(), folder, options.json);
  flush(stdout);
  write_file(folder / "plan.yaml", plan_as_yaml(timeline.plan()));
  const auto view = make_live_view(view_kind(options.json), stdout);
  Helm helm{timeline, STDIN_FILENO, *view};
  const auto end = supervise(timeline.plan(), folder, *view, Entrance::kOpen, &helm);
  view->finish();
  write_file(folder / "plan.yaml", plan_as_yaml(timeline.plan()));
  auto examined = examine_run(timeline.plan(), folder, end);
  write_or_complain(folder, end, examined);
  print_result(examined.document, options.json);
  // Whoever told what was refused did not test what they meant to; and without any step nothing
  // was.
  const bool nothing_came = timeline.plan().timeline.steps.empty();
  if (examined.outcome == Outcome::kPass && (helm.has_refused() || nothing_came)) {
    fmt::print(stderr, "wandrill: {}\n",
               helm.has_refused() ? "some steps were refused: what they were to test was not tried"
                                  : "no step came: nothing was broken");
    return exit_code(Outcome::kInconclusive);
  }
  return exit_code(examined.outcome);
}

int report_run(const fs::path& folder, bool json) {
  if (fs::exists(folder / "trial-001"))
    throw ConfigError{{{{folder.native()},
                        "holds several trials; report one: " + (folder / "trial-001").native()}}};
  if (!fs::exists(folder / "plan.yaml"))
    throw ConfigError{{{{folder.native()}, "is no run folder (it has no plan.yaml)"}}};
  if (is_going_on(folder)) throw ConfigError{{{{folder.native()}, "this run is still going on"}}};
  const Plan plan = plan_from_yaml(read_file(folder / "plan.yaml"));
  // A damaged recording throws: the reports that stand there are better than any made from it.
  const auto recording = open_recording(folder / "recording");
  const auto examined =
      examine(plan, recording, fs::absolute(folder).lexically_normal(), read_cell_end(folder));
  write_reports(folder, examined.document);
  print_result(examined.document, json);
  return exit_code(examined.outcome);
}

}  // namespace wandrill
