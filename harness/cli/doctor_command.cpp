// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor_command.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/printable.hpp"
#include "base/scratch_folder.hpp"
#include "cli/data_folder.hpp"
#include "cli/guest_supervisor.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "cli/ticker.hpp"
#include "doctor/diagnose.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kPlainWidth = 100;

void tell(const Ticker& ticker, const CheckAnswer& finding) {
  if (const auto* check = find_check(finding.id)) ticker.say("tried: " + std::string{check->name});
}

/// Takes the diagnosis out of what the guest tells.
class GuestView final : public LiveView {
 public:
  explicit GuestView(const Ticker& ticker) : ticker_{ticker} {}

  void show(const Json& message) override {
    const auto type = message.value("type", "");
    if (type == "finding") tell(ticker_, finding_from(message.at("finding")));
    if (type == "diagnosis") diagnosis_ = diagnosis_from(message.at("diagnosis"));
  }
  [[nodiscard]] const Diagnosis& diagnosis() const noexcept { return diagnosis_; }

 private:
  const Ticker& ticker_;
  Diagnosis diagnosis_;
};

Diagnosis look_at_host() {
  const Ticker ticker;
  const auto each = [&](const CheckAnswer& finding) { tell(ticker, finding); };
  auto diagnosis = diagnose(kThisMachine, each);
  ticker.say("looking for a VM");
  diagnose_vm(diagnosis, guest_folder(), each);
  return diagnosis;
}

/// What programs on this machine said is among it.
Diagnosis printable(Diagnosis diagnosis) {
  diagnosis.kernel = printable_line(diagnosis.kernel);
  for (auto& finding : diagnosis.findings) {
    finding.detail = wandrill::printable(finding.detail);
    finding.fix = wandrill::printable(finding.fix);
  }
  return diagnosis;
}

Diagnosis look_into_vm(const KernelChoice& kernel) {
  const Ticker ticker;
  const auto files = find_kernel(kernel);
  const ScratchFolder folder{"wandrill-doctor"};
  GuestView view{ticker};
  ticker.say("booting the VM");
  const auto end = supervise_in_vm(folder.path(), files, view, GuestTask::kDiagnose);
  if (end.interrupted) throw MachineError{"look into the VM: interrupted"};
  if (!end.error.empty()) throw MachineError{"look into the VM: " + end.error};
  return view.diagnosis();
}

}  // namespace

int examine_machine(const DoctorOptions& options) {
  const auto diagnosis = options.vm ? look_into_vm(options.kernel) : look_at_host();
  if (options.json)
    fmt::print("{}\n", to_document(diagnosis).dump(2));
  else
    fmt::print("{}", to_text(printable(diagnosis), terminal_width(kPlainWidth),
                             ::isatty(STDOUT_FILENO) != 0));
  flush(stdout);
  return diagnosis.can_drill() ? kExitOk : kExitMachine;
}

}  // namespace wandrill
