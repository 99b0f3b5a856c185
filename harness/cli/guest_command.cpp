// SPDX-License-Identifier: Apache-2.0
#include "cli/guest_command.hpp"

#include <array>
#include <fstream>
#include <optional>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json_line.hpp"
#include "calibrate/load.hpp"
#include "cli/signals.hpp"
#include "cli/supervisor.hpp"
#include "doctor/diagnose.hpp"
#include "lab/cell_protocol.hpp"
#include "net/exec_descriptors.hpp"
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
      if (is_interrupt(message)) ::kill(1, SIGINT);
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
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

/// Runs the program of guest.command and leaves what it said, and how it ended, in the folder.
CellEnd execute(const fs::path& folder) {
  const auto words = lines_of(read_file(folder / "guest.command"));
  if (words.size() < 2) throw MachineError{"the VM was given no program to run"};
  const pid_t program = check(::fork(), "start {} in the VM", words[1]);
  if (program == 0) {
    const int output =
        ::open((folder / "output").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    std::vector<char*> arguments;
    for (std::size_t i = 1; i < words.size(); ++i)
      arguments.push_back(const_cast<char*>(words[i].c_str()));
    arguments.push_back(nullptr);
    close_all_on_exec();
    if (::chdir(words[0].c_str()) == 0) ::execvp(arguments[0], arguments.data());
    ::_exit(127);  // as a shell says it
  }
  int status = 0;
  while (::waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  constexpr int kSignalled = 128;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
  write_file(folder / "exit_code", fmt::format("{}\n", code));
  return {};
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
    if (task == GuestTask::kExecute) return execute(folder);
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
