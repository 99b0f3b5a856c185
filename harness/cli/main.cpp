// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/names.hpp"
#include "base/printable.hpp"
#include "base/version.hpp"
#include "cli/calibrate_command.hpp"
#include "cli/data_folder.hpp"
#include "cli/doctor_command.hpp"
#include "cli/enter_command.hpp"
#include "cli/guest_command.hpp"
#include "cli/guest_run_command.hpp"
#include "cli/output.hpp"
#include "cli/run_command.hpp"
#include "cli/trial_plans.hpp"
#include "cli/vm_command.hpp"
#include "lab/load_whole.hpp"
#include "net/limits.hpp"
#include "plan/plan_text.hpp"
#include "scenario/library.hpp"
#include "scenario/schema.hpp"

namespace wandrill {
namespace {

/// What is to be done, decided by the option table and done afterwards.
struct Request {
  RunOptions run;
  std::vector<std::string> files;
  std::string folder;
  std::string node;
  bool mininet_cli = false;
  std::vector<std::string> command;
  std::function<int()> action;
};

int validate(const Request& request) {
  std::vector<Mistake> mistakes;
  for (const auto& file : scenario_files(request.files)) {
    try {
      (void)TrialPlans{file, request.run};
      fmt::print("{}: ok\n", printable_line(file));
    } catch (const ConfigError& error) {
      mistakes.insert(mistakes.end(), error.mistakes().begin(), error.mistakes().end());
    }
  }
  if (!mistakes.empty()) throw ConfigError{mistakes};
  return kExitOk;
}

int show_plan(const Request& request) {
  for (const auto& file : scenario_files(request.files)) {
    const TrialPlans plans{file, request.run};
    const auto& plan = plans.first();
    warn_of_tight_expectations(plan, "");
    fmt::print("{}", request.run.json ? plan_as_yaml(plan) : printable(plan_as_text(plan)));
  }
  return kExitOk;
}

int show_network(const std::string& target) {
  const auto mininet = find_mininet(target, data_folder());
  auto built = look_at_mininet(mininet.file.value, mininet.topo ? mininet.topo->value : "");
  built.erase("slots");
  for (auto& node : built.at("nodes"))
    node.erase("pid");
  fmt::print("{}\n", built.dump(2));
  flush(stdout);
  return kExitOk;
}

int list(const Request& request) {
  auto folder = request.folder;
  if (folder.empty()) folder = data_folder() + "/scenarios";
  for (const auto& summary : summaries(folder)) {
    if (summary.mistake.empty())
      fmt::print("{:<24} {}\n", printable_line(summary.name), printable_line(summary.description));
    else
      fmt::print("{:<24} cannot be read: {}\n", printable_line(summary.name),
                 printable_line(summary.mistake));
  }
  return kExitOk;
}

/// As strict as `seed:` in a scenario; CLI11 takes -1 and clamps what is too large.
std::string check_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const auto* end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, seed);
  if (error == std::errc{} && parsed == end) return "";
  return fmt::format("'{}' is no whole number from 0 to {}", text,
                     std::numeric_limits<std::uint64_t>::max());
}

void add_choices(CLI::App& command, Request& request) {
  command.add_option("--router", request.run.router,
                     "Another router: a name in topologies/routers, or a .yaml file");
  command.add_option(
      "--topology", request.run.topology,
      "Another topology: a name in topologies, or a .yaml or Mininet .py file; of the latter "
      "also FILE:TOPO");
  command.add_option(
      "--attach", request.run.attach,
      "A network that is running already, instead of a topology: mininet, or with the parts of its "
      "nodes mininet:router=r0,fibre=r0-eth1,lte=r0-eth2");
  command.add_option("--engine", request.run.engine, "What impairs the links: auto, netem or wire")
      ->check(CLI::IsMember({"auto", "netem", "wire"}));
  command.add_option("--seed", request.run.seed, "The run's seed: same seed, same schedule")
      ->check(check_seed);
  command.add_option("--trials", request.run.trials, "Repeat this often, each with its own phase")
      ->check(CLI::Range(1, 1000));
}

/// A kernel is for nothing but a VM.
bool wants_vm(const Request& request) {
  const auto& [image, modules] = request.run.kernel;
  if (!request.run.vm && (image || modules))
    throw ConfigError{{{{.file = image ? "--kernel" : "--modules"}, "goes with --vm"}}};
  return request.run.vm;
}

void add_vm(CLI::App& command, Request& request, const char* what) {
  command.add_flag("--vm", request.run.vm, what);
  command.add_option("--kernel", request.run.kernel.image,
                     "Of --vm: this bzImage, instead of the unpacked one");
  command.add_option("--modules", request.run.kernel.modules,
                     "Of --kernel: where its modules are; 'none' when all is built in");
}

void add_run(CLI::App& app, Request& request) {
  auto* run = app.add_subcommand("run", "Run scenarios and judge the router");
  run->add_option("scenario", request.run.targets, "Scenario files, or folders of them")
      ->required();
  add_choices(*run, request);
  run->add_option("--out", request.run.out, "Where the run folders go")->capture_default_str();
  add_vm(*run, request, "In a VM with a stock kernel, booted for the run: it has netem");
  run->add_flag("--capture", request.run.capture,
                "Keep the packets on the WANs in capture.pcapng, for Wireshark");
  run->add_flag("--json", request.run.json, "Progress and result as lines of JSON");
  run->add_flag(
      "--steer", request.run.steer,
      "Steps come from standard input, a line of YAML or JSON each, instead of a timeline");
  run->final_callback([&] {
    request.action = [&] {
      request.run.vm = wants_vm(request);
      return request.run.steer ? steer_scenario(request.run) : run_scenarios(request.run);
    };
  });
}

void add_looking(CLI::App& app, Request& request) {
  auto* plan = app.add_subcommand("plan", "Show what would happen; nothing is touched");
  plan->add_option("scenario", request.files, "Scenario file")->required();
  add_choices(*plan, request);
  plan->add_flag("--yaml", request.run.json, "The whole plan as YAML");
  plan->final_callback([&] { request.action = [&] { return show_plan(request); }; });

  auto* check = app.add_subcommand("validate", "Check scenario files and all that they refer to");
  check->add_option("scenario", request.files, "Scenario files, or folders of them")->required();
  add_choices(*check, request);
  check->final_callback([&] { request.action = [&] { return validate(request); }; });

  auto* network = app.add_subcommand("network", "Show what Mininet builds of a file, as JSON");
  network
      ->add_option("file", request.node,
                   "As for run --topology: a Mininet file or its name in topologies, or FILE:TOPO")
      ->required();
  network->final_callback([&] { request.action = [&] { return show_network(request.node); }; });

  auto* names = app.add_subcommand("list", "List the scenarios of a folder");
  names->add_option("folder", request.folder, "Default: the shipped ones");
  names->final_callback([&] { request.action = [&] { return list(request); }; });

  auto* schema = app.add_subcommand("schema", "Print the JSON Schema of scenario files");
  schema->final_callback([&] {
    request.action = [] {
      fmt::print("{}\n", scenario_schema().dump(2));
      return static_cast<int>(kExitOk);
    };
  });
}

void add_machine(CLI::App& app, Request& request) {
  auto* doctor =
      app.add_subcommand("doctor", "What this machine can do, by trying; how to fix what not");
  add_vm(*doctor, request, "What the VM of 'run --vm' can do");
  doctor->add_flag("--json", request.run.json, "As JSON");
  doctor->final_callback([&] {
    request.action = [&] {
      return examine_machine(
          {.json = request.run.json, .vm = wants_vm(request), .kernel = request.run.kernel});
    };
  });
}

void add_vm_setup(CLI::App& app, Request& request) {
  auto* vm = app.add_subcommand("vm", "The VM of 'run --vm'");
  vm->require_subcommand(1);
  auto* setup =
      vm->add_subcommand("setup", "Unpack Debian's stock kernel for it; installs nothing");
  setup->add_option("folder", request.folder, "Default: where it is looked for");
  setup->final_callback([&] { request.action = [&] { return set_up_vm(request.folder); }; });
}

void add_calibrate(CLI::App& app, Request& request) {
  auto* calibrate =
      app.add_subcommand("calibrate", "How wrong this tester is, by known cuts, delays and losses");
  calibrate->add_option("--engine", request.run.engine, "auto, netem or wire")
      ->check(CLI::IsMember({"auto", "netem", "wire"}));
  add_vm(*calibrate, request, "In the VM of 'run --vm'");
  calibrate->add_flag("--json", request.run.json, "As JSON");
  calibrate->final_callback([&] {
    request.action = [&] {
      return calibrate_tester({.engine = request.run.engine,
                               .json = request.run.json,
                               .vm = wants_vm(request),
                               .kernel = request.run.kernel});
    };
  });
}

/// Not for people: the VM's first process, and a program of the tests' in a VM.
void add_guest(CLI::App& app, Request& request) {
  auto* guest = app.add_subcommand("guest", "")->group("");
  guest->add_option("run", request.folder)->required();
  auto* execute = app.add_subcommand("guest-run", "")->group("");
  execute->add_option("command", request.command, "After --")->required();
  execute->final_callback([&] { request.action = [&] { return run_in_guest(request.command); }; });
  guest->final_callback([&] { request.action = [&]() -> int { run_as_guest(request.folder); }; });
}

void add_run_folders(CLI::App& app, Request& request) {
  auto* enter = app.add_subcommand("enter", "A shell inside a node of a running lab");
  enter->add_option("run", request.folder, "The run folder")->required();
  auto* node = enter->add_option("node", request.node, "laptop, router, isp_a, …");
  enter->add_option("command", request.command, "Instead of a shell (after --)");
  enter
      ->add_flag("--mininet-cli", request.mininet_cli,
                 "Mininet's own command line, on a lab that it has built")
      ->excludes(node);
  enter->final_callback([&request] {
    if (request.node.empty() && !request.mininet_cli)
      throw ConfigError{{{{"enter"}, "which node? enter RUN NODE, or enter RUN --mininet-cli"}}};
    request.action = [&request] {
      return request.mininet_cli ? enter_mininet(request.folder)
                                 : enter_node(request.folder, request.node, request.command);
    };
  });

  auto* report = app.add_subcommand("report", "Measure and judge a stored run again");
  report->add_option("run", request.folder, "The run folder")->required();
  report->add_flag("--json", request.run.json, "The result as a line of JSON");
  report->final_callback(
      [&] { request.action = [&] { return report_run(request.folder, request.run.json); }; });
}

/// CLI11 says of a command that is not there only that one is required.
void refuse_unknown_command(const CLI::App& app, const std::string& word) {
  if (word.starts_with("-")) return;
  std::vector<std::string> known;
  for (const auto* command : app.get_subcommands({})) {
    if (command->get_name() == word) return;
    if (!command->get_group().empty()) known.push_back(command->get_name());
  }
  throw ConfigError{{{{.file = "wandrill"},
                      fmt::format("there is no command '{}'{}", word, name_hint(word, known))}}};
}

int run_command_line(int argc, char** argv) {
  CLI::App app{"wandrill crash-tests dual-WAN routers: live traffic, broken links, a verdict."};
  Request request;
  app.set_version_flag("--version", std::string{"wandrill "} + kVersion);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 pass or skipped, 1 fail, 2 bad input, 3 nothing was tested (this machine\n"
      "cannot run it, or the router's program did not start), 4 inconclusive (the tester was too\n"
      "noisy), 130 interrupted.");
  add_run(app, request);
  add_looking(app, request);
  add_run_folders(app, request);
  add_machine(app, request);
  add_calibrate(app, request);
  add_vm_setup(app, request);
  add_guest(app, request);
  if (argc > 1) refuse_unknown_command(app, argv[1]);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kExitOk : kExitBadInput;
  }
  const int code = request.action();
  require_output_written();
  return code;
}

/// What went wrong, and what to do about it.
int complain(const std::exception& error) {
  const auto* system = dynamic_cast<const std::system_error*>(&error);
  // The formatting library says only that it could not write.
  const bool is_output =
      system != nullptr && std::string_view{error.what()}.starts_with("cannot write to file");
  std::cerr << "wandrill: "
            << (is_output ? "write to standard output: " + system->code().message()
                          : printable(with_limit(error)))
            << "\n";
  if (system != nullptr && system->code() == std::errc::no_space_on_device)
    std::cerr << "That disk is full: free some of it, or name another place (run: --out FOLDER).\n";
  return kExitMachine;
}

}  // namespace
}  // namespace wandrill

int main(int argc, char** argv) {
  // A file that may not grow further is an error of write(2), as a full disk is, and no death.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return wandrill::run_command_line(argc, argv);
  } catch (const wandrill::ConfigError& error) {
    std::cerr << error.what() << "\n";
    return wandrill::kExitBadInput;
  } catch (const std::exception& error) {
    return wandrill::complain(error);
  }
}
