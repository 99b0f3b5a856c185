// SPDX-License-Identifier: Apache-2.0
#include "net/child.hpp"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

struct Pipe {
  UniqueFd reader;
  UniqueFd writer;
  Pipe() {
    std::array<int, 2> ends{};
    check(::pipe2(ends.data(), O_CLOEXEC), "create a pipe");
    reader = UniqueFd{ends[0]};
    writer = UniqueFd{ends[1]};
  }
};

/// In the child: from here on only what is safe between fork and exec.
[[noreturn]] void become(const NetNs& ns, char* const* argv, const char* folder, int output,
                         int report) {
  sigset_t none;
  ::sigemptyset(&none);
  const bool ready =
      ::sigprocmask(SIG_SETMASK, &none, nullptr) == 0 && ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
      ::setns(ns.fd(), CLONE_NEWNET) == 0 && (*folder == '\0' || ::chdir(folder) == 0) &&
      ::dup2(output, 1) >= 0 && ::dup2(output, 2) >= 0;
  if (ready) {
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, 0);
    ::execvp(argv[0], argv);
  }
  const int reason = errno;
  (void)::write(report, &reason, sizeof reason);
  ::_exit(127);
}

}  // namespace

Child::Child(const NetNs& ns, const ChildSpec& spec) {
  Pipe output;
  Pipe report;
  std::vector<char*> argv;
  for (const auto& word : spec.command)
    argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_ = check(::fork(), "start {}", spec.command.front());
  if (pid_ == 0) {
    become(ns, argv.data(), spec.folder.c_str(), output.writer.get(), report.writer.get());
  }
  report.writer = UniqueFd{};
  int reason = 0;
  if (::read(report.reader.get(), &reason, sizeof reason) == sizeof reason) {
    kill_and_reap();
    errno = reason;
    check(-1, "start {}", spec.command.front());
  }
  output_ = std::move(output.reader);
  ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
  pid_fd_ = UniqueFd{static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0))};
}

Child::Child(Child&& other) noexcept
    : output_{std::move(other.output_)},
      pid_fd_{std::move(other.pid_fd_)},
      pid_{std::exchange(other.pid_, -1)},
      status_{other.status_} {}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(output_, other.output_);
  std::swap(pid_fd_, other.pid_fd_);
  std::swap(pid_, other.pid_);
  std::swap(status_, other.status_);
  return *this;
}

Child::~Child() {
  kill_and_reap();
}

void Child::kill_and_reap() noexcept {
  if (pid_ <= 0 || status_) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::optional<int> Child::poll_status() {
  int status = 0;
  if (!status_ && pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  return status_;
}

void Child::send_signal(int signal) const {
  if (pid_ > 0 && !status_) ::kill(pid_, signal);
}

int Child::terminate(std::chrono::milliseconds grace) {
  send_signal(SIGTERM);
  pollfd ended{pid_fd_.get(), POLLIN, 0};
  if (!poll_status() && ::poll(&ended, 1, static_cast<int>(grace.count())) == 0)
    send_signal(SIGKILL);
  int status = 0;
  if (!status_ && ::waitpid(pid_, &status, 0) == pid_) status_ = status;
  return status_.value_or(0);
}

}  // namespace wandrill
