// SPDX-License-Identifier: Apache-2.0
#include "net/child.hpp"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/pipe.hpp"
#include "net/exec_descriptors.hpp"

namespace wandrill {
namespace {

/// Words as exec wants them; they must outlive it.
std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const auto& word : words)
    pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& added) {
  std::vector<std::string> words;
  for (char** word = environ; *word != nullptr; ++word) {
    const std::string_view text{*word};
    if (!added.contains(std::string{text.substr(0, text.find('='))})) words.emplace_back(text);
  }
  for (const auto& [name, value] : added)
    words.push_back(fmt::format("{}={}", name, value));
  return words;
}

constexpr int kStay = -1;  ///< No namespace to enter.

/// All that the child needs, made before the fork: between fork and exec nothing may allocate.
struct Launch {
  int ns;
  const Confinement* confinement;
  const char* folder;
  char* const* arguments;
  char* const* environment;
  int output;
  int report;
  int inherits;
  pid_t parent;
  Priority priority;
  bool own_group;
};

/// In the child: from here on only what is safe between fork and exec.
[[noreturn]] void become(const Launch& launch) {
  for (int signal = 1; signal < SIGRTMIN; ++signal)
    ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  // What holds the program may take the right to it away.
  if (launch.priority == Priority::kTester) (void)take_tester_priority();
  const bool ready =
      ::sigprocmask(SIG_SETMASK, &none, nullptr) == 0 &&
      (launch.ns == kStay || ::setns(launch.ns, CLONE_NEWNET) == 0) &&
      (launch.confinement == nullptr || launch.confinement->enter()) &&
      ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && (!launch.own_group || ::setpgid(0, 0) == 0) &&
      (*launch.folder == '\0' || ::chdir(launch.folder) == 0) &&
      ::dup2(launch.output, STDOUT_FILENO) >= 0 && ::dup2(launch.output, STDERR_FILENO) >= 0;
  // A parent that died before the prctl sends no signal any more.
  if (::getppid() != launch.parent) ::_exit(127);
  if (ready) {
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, STDIN_FILENO);
    if (null > STDERR_FILENO) ::close(null);
    close_all_on_exec();
    if (launch.inherits >= 0) ::fcntl(launch.inherits, F_SETFD, 0);
    ::execvpe(launch.arguments[0], launch.arguments, launch.environment);
  }
  const int reason = errno;
  (void)!::write(launch.report, &reason, sizeof reason);
  ::_exit(127);
}

/// Blocks until the child has become its program (0) or could not (the errno).
int wait_for_exec(int report) {
  int reason = 0;
  ssize_t size = 0;
  do {
    size = ::read(report, &reason, sizeof reason);
  } while (size < 0 && errno == EINTR);
  return size == sizeof reason ? reason : 0;
}

}  // namespace

// Delegating: whatever start() throws, the destructor looks after what it had started.
Child::Child(const NetNs& ns, const ChildSpec& spec) : Child{} {
  start(ns.fd(), spec);
}

Child::Child(const ChildSpec& spec) : Child{} {
  start(kStay, spec);
}

void Child::start(int ns, const ChildSpec& spec) {
  Pipe output;
  Pipe report;
  const auto arguments = pointers_to(spec.command);
  const auto words = environment_with(spec.environment);
  const auto environment = pointers_to(words);
  const Launch launch{.ns = ns,
                      .confinement = spec.confinement,
                      .folder = spec.folder.c_str(),
                      .arguments = arguments.data(),
                      .environment = environment.data(),
                      .output = output.writer.get(),
                      .report = report.writer.get(),
                      .inherits = spec.inherits,
                      .parent = ::getpid(),
                      .priority = spec.priority,
                      .own_group = spec.own_group};
  pid_ = check(::fork(), "start {}", spec.command.front());
  if (pid_ == 0) become(launch);
  pid_fd_ = UniqueFd{check(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)), "watch {}",
                           spec.command.front())};
  report.writer = UniqueFd{};
  if (const int reason = wait_for_exec(report.reader.get()); reason != 0) {
    errno = reason;
    check(-1, "start {}", spec.command.front());
  }
  output_ = std::move(output.reader);
  check(::fcntl(output_.get(), F_SETFL, O_NONBLOCK), "read the output of {}", spec.command.front());
}

Child::Child(Child&& other) noexcept
    : output_{std::move(other.output_)},
      pid_fd_{std::move(other.pid_fd_)},
      pid_{std::exchange(other.pid_, -1)},
      status_{std::exchange(other.status_, std::nullopt)} {}

Child& Child::operator=(Child&& other) noexcept {
  Child taken{std::move(other)};
  std::swap(output_, taken.output_);
  std::swap(pid_fd_, taken.pid_fd_);
  std::swap(pid_, taken.pid_);
  std::swap(status_, taken.status_);
  return *this;
}

Child::~Child() {
  kill();
}

std::optional<int> Child::poll_status() noexcept {
  if (status_ || pid_ <= 0) return status_;
  int status = 0;
  const pid_t reaped = ::waitpid(pid_, &status, WNOHANG);
  if (reaped == pid_) status_ = status;
  if (reaped < 0 && errno == ECHILD) status_ = kStatusUnknown;
  return status_;
}

void Child::send_signal(int signal) const noexcept {
  if (pid_ > 0 && !status_) ::syscall(SYS_pidfd_send_signal, pid_fd_.get(), signal, nullptr, 0);
}

void Child::kill_group() const noexcept {
  // Until it is waited for, nobody else can have its number.
  if (pid_ > 0 && !status_) ::kill(-pid_, SIGKILL);
}

int Child::reap() noexcept {
  int status = 0;
  while (pid_ > 0 && !status_) {
    const pid_t reaped = ::waitpid(pid_, &status, 0);
    if (reaped == pid_) status_ = status;
    if (reaped < 0 && errno == ECHILD) status_ = kStatusUnknown;
  }
  return status_.value_or(kStatusUnknown);
}

int Child::terminate(std::chrono::milliseconds grace) noexcept {
  send_signal(SIGTERM);
  const auto deadline = Clock::now() + grace;
  for (auto left = grace; !poll_status() && pid_ > 0 && left.count() > 0;
       left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now())) {
    pollfd ended{pid_fd_.get(), POLLIN, 0};
    ::poll(&ended, 1, static_cast<int>(left.count()));
  }
  return kill();
}

int Child::kill() noexcept {
  send_signal(SIGKILL);
  return reap();
}

}  // namespace wandrill
