// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_job.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "vm/qemu_command.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<GuestTask, std::string_view>, 3> kTasks{
    {{GuestTask::kPlay, "play"},
     {GuestTask::kDiagnose, "diagnose"},
     {GuestTask::kExecute, "execute"}}};

}  // namespace

void write_guest_job(const fs::path& folder, const GuestFiles& files, const fs::path& program,
                     GuestTask task) {
  write_file(folder / "guest.job", job_line("RUN_FOLDER", folder.native()) +
                                       job_line("MODULES", files.modules.native()) +
                                       job_line("PROGRAM", program.native()));
  for (const auto& [value, word] : kTasks)
    if (value == task) write_file(folder / "guest.task", std::string{word} + "\n");
}

void remove_guest_job(const fs::path& folder) {
  fs::remove(folder / "guest.job");
  fs::remove(folder / "guest.task");
}

GuestTask read_guest_task(const fs::path& folder) {
  auto text = read_file(folder / "guest.task");
  text.erase(text.find_last_not_of('\n') + 1);
  for (const auto& [value, word] : kTasks)
    if (word == text) return value;
  throw MachineError{"the VM was given a task that it does not know: " + text};
}

}  // namespace wandrill
