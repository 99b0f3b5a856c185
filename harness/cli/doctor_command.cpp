// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor_command.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/scratch_folder.hpp"
#include "cli/data_folder.hpp"
#include "cli/guest_supervisor.hpp"
#include "cli/terminal.hpp"
#include "doctor/diagnose.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kPlainWidth = 100;

/// Says on a terminal what is looked at; nothing anywhere else.
class Ticker {
 public:
  void say(const std::string& text) {
    if (is_terminal_) fmt::print(stderr, "\r\x1b[K{} …", text);
    std::fflush(stderr);
  }
  void tell(const CheckAnswer& finding) {
    if (const auto* check = find_check(finding.id)) say("tried: " + std::string{check->name});
  }
  void clear() {
    if (is_terminal_) fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
  }

 private:
  bool is_terminal_ = ::isatty(STDERR_FILENO) != 0;
};

/// Takes the diagnosis out of what the guest tells.
class GuestView final : public LiveView {
 public:
  explicit GuestView(Ticker& ticker) : ticker_{ticker} {}

  void show(const Json& message) override {
    const auto type = message.value("type", "");
    if (type == "finding") ticker_.tell(finding_from(message.at("finding")));
    if (type == "diagnosis") diagnosis_ = diagnosis_from(message.at("diagnosis"));
  }
  [[nodiscard]] const Diagnosis& diagnosis() const noexcept { return diagnosis_; }

 private:
  Ticker& ticker_;
  Diagnosis diagnosis_;
};

Diagnosis look_at_host(Ticker& ticker) {
  const auto tell = [&](const CheckAnswer& finding) { ticker.tell(finding); };
  auto diagnosis = diagnose(kThisMachine, tell);
  ticker.say("looking for a VM");
  diagnose_vm(diagnosis, guest_folder(), tell);
  return diagnosis;
}

Diagnosis look_into_vm(Ticker& ticker) {
  const auto files = find_guest_files(guest_folder());
  const ScratchFolder folder{"wandrill-doctor"};
  GuestView view{ticker};
  ticker.say("booting the VM");
  const auto end = supervise_in_vm(folder.path(), files, view, GuestTask::kDiagnose);
  ticker.clear();
  if (end.interrupted) throw MachineError{"look into the VM: interrupted"};
  if (!end.error.empty()) throw MachineError{"look into the VM: " + end.error};
  return view.diagnosis();
}

}  // namespace

int examine_machine(const DoctorOptions& options) {
  Ticker ticker;
  const auto diagnosis = options.vm ? look_into_vm(ticker) : look_at_host(ticker);
  ticker.clear();
  if (options.json)
    fmt::print("{}\n", to_document(diagnosis).dump(2));
  else
    fmt::print("{}", to_text(diagnosis, terminal_width(kPlainWidth), ::isatty(STDOUT_FILENO) != 0));
  std::fflush(stdout);
  return diagnosis.can_drill() ? kExitOk : kExitMachine;
}

}  // namespace wandrill
