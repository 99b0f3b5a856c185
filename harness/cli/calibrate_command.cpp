// SPDX-License-Identifier: Apache-2.0
#include "cli/calibrate_command.hpp"

#include <cstdio>
#include <ctime>
#include <optional>
#include <thread>

#include <fmt/chrono.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/files.hpp"
#include "base/printable.hpp"
#include "base/scratch_folder.hpp"
#include "base/version.hpp"
#include "calibrate/load.hpp"
#include "calibrate/store.hpp"
#include "calibrate/tester_errors.hpp"
#include "calibrate/warnings.hpp"
#include "cli/data_folder.hpp"
#include "cli/guest_supervisor.hpp"
#include "cli/output.hpp"
#include "cli/run_command.hpp"
#include "cli/supervisor.hpp"
#include "cli/ticker.hpp"
#include "cli/trial_plans.hpp"
#include "plan/plan_text.hpp"
#include "record/recorder.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

constexpr int kInterrupted = 130;

std::string running_kernel() {
  utsname name{};
  ::uname(&name);
  return name.release;
}

/// Shows how far the drill is, in one line.
class StageView final : public LiveView {
 public:
  StageView(const Ticker& ticker, std::string condition)
      : ticker_{ticker}, condition_{std::move(condition)} {}

  void show(const Json& message) override {
    if (message.value("type", "") != "progress") return;
    const auto elapsed = std::chrono::nanoseconds{message.value("elapsed", std::int64_t{0})};
    ticker_.say(fmt::format("{}: {} s of about 17 s", condition_,
                            std::chrono::duration_cast<std::chrono::seconds>(elapsed).count()));
  }

 private:
  const Ticker& ticker_;
  std::string condition_;
};

/// Thrown by Ctrl-C.
struct Interrupted {};

/// Plays the known faults once.
Recording play(const Plan& plan, const CalibrateOptions& options, bool busy) {
  const Ticker ticker;
  const ScratchFolder folder{"wandrill-calibrate"};
  StageView view{ticker, busy ? "every CPU busy" : "as it is"};
  write_file(folder.path() / "plan.yaml", plan_as_yaml(plan));
  CellEnd end;
  if (options.vm) {
    end = supervise_in_vm(folder.path(), find_kernel(options.kernel), view,
                          busy ? GuestTask::kPlayBusy : GuestTask::kPlay);
  } else {
    const std::optional<Load> load = busy ? std::make_optional<Load>() : std::nullopt;
    end = supervise(plan, folder.path(), view, Entrance::kClosed);
  }
  if (end.interrupted) throw Interrupted{};
  if (!end.error.empty()) throw MachineError{"calibrate: " + end.error};
  auto recording = read_recording(folder.path() / "recording");
  if (recording.facts.ending != RunEnding::kComplete)
    throw MachineError{"calibrate: " + recording.facts.error};
  return recording;
}

Calibration calibrate(const CalibrateOptions& options) {
  const auto scenario = data_folder() + "/scenarios/calibration/known-faults.yaml";
  const auto plan = TrialPlans{scenario, {.engine = options.engine}}.first();
  const auto as_it_is = play(plan, options, false);
  Calibration calibration{
      .key = calibration_key(as_it_is.facts.kernel, as_it_is.facts.engine, as_it_is.facts.root),
      .taken = as_it_is.facts.started,
      .cpus = std::thread::hardware_concurrency(),
      .realtime_scheduling = as_it_is.facts.realtime_scheduling,
      .idle = measure_accuracy(plan, as_it_is)};
  calibration.key.vm = options.vm;
  calibration.busy = measure_accuracy(plan, play(plan, options, true));
  return calibration;
}

std::optional<std::time_t> parse_instant(const std::string& text) {
  std::tm parts{};
  if (::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return std::nullopt;
  return ::timegm(&parts);
}

}  // namespace

int calibrate_tester(const CalibrateOptions& options) {
  const auto file = calibration_file();
  try {
    const auto calibration = calibrate(options);
    if (options.json)
      fmt::print("{}\n", to_document(calibration).dump(2));
    else
      fmt::print("{}", to_text(calibration, ::isatty(STDOUT_FILENO) != 0));
    flush(stdout);
    if (file.empty())
      fmt::print(stderr, "wandrill: not kept: there is no home folder ($HOME, $XDG_STATE_HOME)\n");
    else
      keep_calibration(file, calibration);
  } catch (const Interrupted&) {
    return kInterrupted;
  } catch (const std::system_error& error) {
    throw MachineError{fmt::format("keep the calibration in {}: {}", file.native(), error.what())};
  }
  if (!options.json) fmt::print("Kept in {}; reports quote it.\n", file.native());
  return kExitOk;
}

CalibrationKey calibration_key(const std::string& kernel, const std::string& engine, bool root) {
  return {.machine = machine_name(),
          .vm = kernel != running_kernel(),
          .kernel = kernel,
          .engine = engine,
          .version = kVersion,
          .root = root};
}

Json calibration_quote(const CalibrationKey& key, const std::string& started) {
  const auto kept = read_calibrations(calibration_file());
  const auto* calibration = find_calibration(kept, key);
  if (calibration == nullptr) return nullptr;
  auto quote = quote_of(*calibration);
  const auto run = parse_instant(started);
  const auto taken = parse_instant(calibration->taken);
  quote["age_s"] = run && taken ? Json(*run - *taken) : Json(nullptr);
  return quote;
}

void warn_of_tight_expectations(const Plan& plan, const std::string& kernel) {
  const auto kept = read_calibrations(calibration_file());
  auto key = calibration_key(kernel.empty() ? running_kernel() : kernel, "", ::geteuid() == 0);
  if (key.vm) key.root = true;
  if (plan.engine != EngineChoice::kAuto) key.engine = to_string(plan.engine);
  const auto* calibration = find_calibration(kept, key);
  if (calibration == nullptr) return;
  for (const auto& warning : too_tight(plan, *calibration))
    fmt::print(stderr, "{}: {}\n", printable_line(to_string(warning.where)),
               printable_line(warning.message));
}

}  // namespace wandrill
