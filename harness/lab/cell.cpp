// SPDX-License-Identifier: Apache-2.0
#include "lab/cell.hpp"

#include <cstdio>
#include <exception>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/pipe.hpp"
#include "net/limits.hpp"

namespace wandrill {
namespace {

bool has_ended(const UniqueFd& reader) {
  pollfd end{reader.get(), POLLIN, 0};
  return ::poll(&end, 1, 0) > 0 && (end.revents & POLLHUP) != 0;
}

/// The cell proper: PID 1. Never returns.
[[noreturn]] void live_in_cell(const CellPlaces& places, const Cell::Body& body, Channel& channel) {
  int status = kExitMachine;
  try {
    configure_cell(places);
    status = body(channel);
  } catch (const std::exception& error) {
    channel.send({{"type", "error"}, {"message", with_limit(error)}});
  }
  std::fflush(nullptr);
  ::_exit(status);
}

/// Between the parent and the cell. Never returns.
[[noreturn]] void keep_cell(pid_t parent, const CellPlaces& places, const Cell::Body& body,
                            Channel& channel) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kExitMachine);
  // The parent may hold signals back to read them from a descriptor; programs of the lab must not.
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  try {
    // Ctrl-C on the terminal is the parent's business alone.
    ::setsid();
    enter_namespaces();
    Pipe keeper_alive;
    const pid_t cell = check(::fork(), "start the cell");
    if (cell == 0) {
      keeper_alive.writer = UniqueFd{};
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      // A keeper that died before the line above sent no signal.
      if (has_ended(keeper_alive.reader)) ::_exit(kExitMachine);
      live_in_cell(places, body, channel);
    }
    channel = {};  // the cell alone holds the line now, so its death ends it
    int status = 0;
    while (::waitpid(cell, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
      // Ends the way the cell ended, so that the parent can say by which signal.
      ::signal(WTERMSIG(status), SIG_DFL);
      ::kill(::getpid(), WTERMSIG(status));
    }
    ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : kExitMachine);
  } catch (const std::exception& error) {
    channel.send({{"type", "error"}, {"message", with_limit(error)}});
    ::_exit(kExitMachine);
  }
}

}  // namespace

Cell::Cell(const CellPlaces& wanted, const Body& body) {
  auto line = Channel::create();
  const CellPlaces places = resolved(wanted);
  const pid_t parent = ::getpid();
  std::fflush(nullptr);
  pid_ = check(::fork(), "start the cell's keeper");
  if (pid_ == 0) {
    line.parent = {};
    keep_cell(parent, places, body, line.cell);
  }
  channel_ = std::move(line.parent);
}

Cell::Cell(Cell&& other) noexcept
    : channel_{std::move(other.channel_)}, pid_{std::exchange(other.pid_, -1)} {}

Cell& Cell::operator=(Cell&& other) noexcept {
  std::swap(channel_, other.channel_);
  std::swap(pid_, other.pid_);
  return *this;
}

Cell::~Cell() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

int Cell::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

}  // namespace wandrill
