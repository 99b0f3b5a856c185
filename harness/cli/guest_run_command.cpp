// SPDX-License-Identifier: Apache-2.0
#include "cli/guest_run_command.hpp"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/files.hpp"
#include "base/scratch_folder.hpp"
#include "cli/data_folder.hpp"
#include "cli/guest_supervisor.hpp"
#include "cli/output.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

/// As a shell tells of SIGINT.
constexpr int kInterrupted = 130;

class NoView final : public LiveView {
 public:
  void show(const Json&) override {}
};

}  // namespace

int run_in_guest(const std::vector<std::string>& command) {
  const auto files = find_guest_files(guest_folder());
  const ScratchFolder folder{"wandrill-guest"};
  std::string words = fs::current_path().native() + "\n";
  for (const auto& word : command) {
    if (word.find('\n') != std::string::npos)
      throw MachineError{"run a program in the VM: its words must not have line ends"};
    words += word + "\n";
  }
  write_file(folder.path() / "guest.command", words);
  NoView view;
  const auto end = supervise_in_vm(folder.path(), files, view, GuestTask::kExecute);
  if (fs::exists(folder.path() / "output")) fmt::print("{}", read_file(folder.path() / "output"));
  flush(stdout);
  if (end.interrupted) return kInterrupted;
  if (!end.error.empty()) throw MachineError{"run a program in the VM: " + end.error};
  return std::stoi(read_file(folder.path() / "exit_code"));
}

}  // namespace wandrill
