// SPDX-License-Identifier: Apache-2.0
#include "cli/guest_command.hpp"

#include <array>
#include <fstream>
#include <optional>

#include <fcntl.h>
#include <signal.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json_line.hpp"
#include "calibrate/load.hpp"
#include "cli/signals.hpp"
#include "cli/supervisor.hpp"
#include "doctor/diagnose.hpp"
#include "plan/plan_text.hpp"
#include "vm/guest_job.hpp"
#include "vm/json_lines.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

/// Tells the host what a terminal would show.
class Port final : public LiveView {
 public:
  Port() : fd_{check(::open(find().c_str(), O_RDWR | O_CLOEXEC), "open the port to the host")} {}

  void show(const Json& message) override {
    const auto line = json_line(message);
    // Blocks while the host does not read: nothing is lost.
    static_cast<void>(!::write(fd_.get(), line.data(), line.size()));
  }
  void finish() override {}
  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  /// /dev/vport0p1; there is no udev here to give it its name.
  static std::string find() {
    for (const auto& entry : fs::directory_iterator{"/sys/class/virtio-ports"}) {
      std::string name;
      std::ifstream{entry.path() / "name"} >> name;
      if (name == "wandrill") return "/dev/" + entry.path().filename().native();
    }
    throw MachineError{"the VM has no port named wandrill"};
  }

  UniqueFd fd_;
};

/// A process that turns the host's word into the SIGINT that a terminal would have sent.
void listen_for_interrupts(const Port& port) {
  const pid_t listener = check(::fork(), "listen to the host");
  if (listener != 0) return;
  JsonLines lines;
  std::array<char, 256> buffer;
  for (;;) {
    const auto size = ::read(port.fd(), buffer.data(), buffer.size());
    if (size <= 0) ::_exit(0);
    lines.feed({buffer.data(), static_cast<std::size_t>(size)});
    for (auto message = lines.next(); !message.is_null(); message = lines.next())
      if (message.value("type", "") == "interrupt") ::kill(1, SIGINT);
  }
}

CellEnd diagnose_guest(Port& port) {
  const auto tell = [&](const CheckAnswer& finding) {
    port.show({{"type", "finding"}, {"finding", to_document(finding)}});
  };
  port.show({{"type", "diagnosis"}, {"diagnosis", to_document(diagnose(kTheVm, tell))}});
  return {};
}

CellEnd play(const fs::path& folder, Port& port) {
  const Plan plan = plan_from_yaml(read_file(folder / "plan.yaml"));
  return supervise(plan, folder, port, Entrance::kClosed);
}

/// There is no udev here to make it: the module comes with its first use.
void make_tun_device() {
  constexpr mode_t kForAll = 0666;
  constexpr unsigned kMajor = 10;
  constexpr unsigned kMinor = 200;
  std::error_code failed;
  fs::create_directories("/dev/net", failed);
  // Where it is there already, or cannot be, who opens it will say so.
  if (::mknod("/dev/net/tun", S_IFCHR | kForAll, makedev(kMajor, kMinor)) == 0)
    ::chmod("/dev/net/tun", kForAll);
}

CellEnd perform(const fs::path& folder, Port& port) {
  try {
    const auto task = read_guest_task(folder);
    if (task == GuestTask::kDiagnose) return diagnose_guest(port);
    const std::optional<Load> load =
        task == GuestTask::kPlayBusy ? std::make_optional<Load>() : std::nullopt;
    return play(folder, port);
  } catch (const std::exception& error) {
    return {.error = error.what()};
  }
}

}  // namespace

void run_as_guest(const fs::path& run_folder) {
  if (::getpid() != 1)
    throw MachineError{
        "'wandrill guest' is for the VM of 'wandrill run --vm', as its first process"};
  Port port;
  port.show({{"type", "hello"}});
  // Held back before the listener may send one: PID 1 gets no signal that it does not wait for.
  const StopSignals stops;
  listen_for_interrupts(port);
  make_tun_device();
  const auto end = perform(run_folder, port);
  port.show({{"type", "end"}, {"interrupted", end.interrupted}, {"error", end.error}});
  ::sync();
  ::reboot(RB_POWER_OFF);
  for (;;)
    ::pause();
}

}  // namespace wandrill
