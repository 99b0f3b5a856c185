// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include <poll.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "base/scratch_folder.hpp"
#include "doctor/diagnose.hpp"
#include "doctor/find_program.hpp"
#include "lab/programs.hpp"
#include "vm/guest.hpp"
#include "vm/guest_job.hpp"
#include "vm/kvm.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kVersionPatience = 5s;
constexpr int kLookEveryMs = 50;

CheckAnswer try_qemu() {
  const auto path = find_program("qemu-system-x86_64");
  if (path.empty()) return {.id = "qemu", .answer = Answer::kNo};
  const auto end = run_program({path.native(), "--version"}, kVersionPatience);
  if (!end || end->status != 0) return {.id = "qemu", .detail = path.native() + " does not start"};
  return {.id = "qemu", .answer = Answer::kYes, .detail = version_in(end->output)};
}

/// Boots the kernel and waits for the first word of the program in it; how long that took.
std::optional<Nanos> boot(const GuestFiles& files, Accelerator accelerator, Patience& patience) {
  const ScratchFolder folder{"wandrill-doctor"};
  write_guest_job(folder.path(), files, program_folder() / "wandrill", GuestTask::kDiagnose);
  const auto start = Clock::now();
  Guest guest{{.files = files,
               .accelerator = accelerator,
               .run_folder = folder.path(),
               .console = folder.path() / "console.log"}};
  while (!patience.is_over(look_now()) && !guest.has_ended()) {
    pollfd word{guest.fd(), POLLIN, 0};
    ::poll(&word, 1, kLookEveryMs);
    if (!guest.receive().is_null()) return Clock::now() - start;
  }
  return std::nullopt;
}

CheckAnswer no_kvm(std::string detail, std::string fix = "") {
  return {.id = "kvm", .answer = Answer::kNo, .detail = std::move(detail), .fix = std::move(fix)};
}

CheckAnswer try_kvm(const GuestFiles& files) {
  if (::access("/dev/kvm", F_OK) != 0) return no_kvm("there is no /dev/kvm");
  if (::access("/dev/kvm", R_OK | W_OK) != 0)
    return no_kvm("/dev/kvm is not for this user", "adduser \"$USER\" kvm, and log in anew");
  const auto note = kvm_refusal_note(files);
  if (!may_use_kvm(note))
    return no_kvm("it did not boot the VM before", "rm " + note.native() + " to try again");
  Patience patience{kKvmBootsWithin, look_now()};
  const auto time = boot(files, Accelerator::kKvm, patience);
  if (!time) {
    remember_kvm_refusal(note);
    return no_kvm("/dev/kvm is there, but the VM did not boot with it within " + patience.text());
  }
  return {
      .id = "kvm",
      .answer = Answer::kYes,
      .detail = fmt::format("booted in {:.1f} s", std::chrono::duration<double>(*time).count())};
}

}  // namespace

void diagnose_vm(Diagnosis& diagnosis, const std::string& guest_folder, const TellFinding& tell) {
  const auto add = [&](CheckAnswer finding) {
    tell(finding);
    diagnosis.findings.push_back(std::move(finding));
  };
  add(try_qemu());
  const bool has_qemu = diagnosis.findings.back().answer == Answer::kYes;
  std::optional<GuestFiles> files;
  try {
    files = find_guest_files(guest_folder);
    add({.id = "guest_kernel", .answer = Answer::kYes, .detail = files->release});
  } catch (const MachineError&) {
    add({.id = "guest_kernel", .answer = Answer::kNo});
  }
  if (has_qemu && files)
    add(try_kvm(*files));
  else
    add({.id = "kvm", .detail = "it takes QEMU and a kernel to boot"});
  std::ranges::stable_sort(diagnosis.findings, {},
                           [](const CheckAnswer& one) { return find_check(one.id); });
}

}  // namespace wandrill
