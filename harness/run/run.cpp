// SPDX-License-Identifier: Apache-2.0
#include "run/run.hpp"

#include <exception>
#include <fstream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <sys/utsname.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/version.hpp"
#include "lab/vlan_trunk.hpp"
#include "net/limits.hpp"
#include "plan/faults/resolve_filter.hpp"
#include "run/runner.hpp"
#include "traffic/tap/capture_file.hpp"
#include "traffic/tester/realtime.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

std::string kernel_release() {
  utsname names{};
  ::uname(&names);
  return names.release;
}

/// Inside a user namespace everybody is user 0; only the host's root is 0 outside too:
/// user_namespaces(7).
bool is_root_of_the_host() {
  std::ifstream map{"/proc/self/uid_map"};
  unsigned inside = 0;
  unsigned outside = 0;
  return map >> inside >> outside && inside == 0 && outside == 0;
}

/// proc(5): QEMU names its own processors after itself; with KVM the host's are seen.
bool is_emulated() {
  std::ifstream file{"/proc/cpuinfo"};
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) return line.find("QEMU") != std::string::npos;
  return false;
}

/// How the play ended, from what it threw; sends an error to the parent.
RunEnding ending_of(const std::exception_ptr& thrown, RunFacts& facts) {
  if (!thrown) return RunEnding::kComplete;
  try {
    std::rethrow_exception(thrown);
  } catch (const Interrupted&) {
    return RunEnding::kInterrupted;
  } catch (const Aborted&) {
    return RunEnding::kComplete;  // as the scenario asked; the recording says why
  } catch (const std::exception& error) {
    facts.error = with_limit(error);
  }
  return RunEnding::kError;
}

std::unique_ptr<CaptureFile> open_capture(const Plan& plan, const std::filesystem::path& folder) {
  if (!plan.capture) return nullptr;
  return std::make_unique<CaptureFile>(
      folder / "capture.pcapng",
      fmt::format("scenario {}, router {}, seed {}", plan.scenario, plan.router.name, plan.seed),
      wan_interfaces(plan.topology, CaptureFile::kSnap));
}

std::exception_ptr play(const RunContext& context, const ChosenEngine& engine,
                        const std::filesystem::path& folder) {
  std::exception_ptr thrown;
  try {
    asio::io_context io{1};
    Runner runner{io, context, engine, folder};
    asio::co_spawn(io, runner.play(), [&](const std::exception_ptr& error) {
      thrown = error;
      io.stop();
    });
    io.run();
  } catch (...) {
    thrown = std::current_exception();
  }
  return thrown;
}

}  // namespace

int run_plan(const Plan& plan, const std::filesystem::path& folder, Channel& channel,
             const StandingNetwork* standing) {
  Recorder recorder{folder / "recording"};
  RunFacts facts{.kernel = kernel_release(),
                 .wandrill_version = kVersion,
                 .started = wall_clock_text(),
                 .realtime_scheduling = request_realtime(),
                 .root = is_root_of_the_host(),
                 .realtime_programs = tester_priority_is_permitted(),
                 .emulated = is_emulated()};
  std::exception_ptr thrown;
  try {
    LabPrograms::require(plan);
    require_vlans(plan.topology);
    const auto engine = choose_engine(plan.engine, has_filters(plan.topology));
    facts.engine = to_string(engine.engine);
    facts.engine_reason = engine.reason;
    recorder.set_facts(facts);
    const RunOrigin origin{Clock::now()};
    EventLog board;
    FaultJournal journal{folder / "journal.jsonl"};
    const auto capture = open_capture(plan, folder);
    const RunContext context{.plan = plan,
                             .origin = origin,
                             .recorder = recorder,
                             .channel = channel,
                             .board = board,
                             .journal = journal,
                             .capture = capture.get(),
                             .standing = standing};
    thrown = play(context, engine, folder);
  } catch (const MachineError& error) {
    facts.missing_capability = error.what();
    thrown = std::current_exception();
  }
  facts.ending = ending_of(thrown, facts);
  if (!facts.error.empty()) channel.send({{"type", "error"}, {"message", facts.error}});
  recorder.set_facts(facts);
  return facts.ending == RunEnding::kError ? kExitMachine : 0;
}

}  // namespace wandrill
