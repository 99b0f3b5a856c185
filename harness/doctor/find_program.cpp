// SPDX-License-Identifier: Apache-2.0
#include "doctor/find_program.hpp"

#include <array>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "base/pattern.hpp"
#include "net/child.hpp"

namespace wandrill {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostOutput = 65536;

/// Takes what there is; false when nothing more will come.
bool read_some(const Child& child, std::string& output) {
  std::array<char, 4096> buffer;
  for (;;) {
    const auto size = ::read(child.output_fd(), buffer.data(), buffer.size());
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    if (size == 0) return false;
    if (output.size() < kMostOutput) output.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

std::optional<ProgramEnd> run_program(const std::vector<std::string>& command,
                                      std::chrono::milliseconds limit) {
  Child child{ChildSpec{.command = command}};
  const auto deadline = Clock::now() + limit;
  ProgramEnd end;
  while (Clock::now() < deadline) {
    const auto status = child.poll_status();
    (void)read_some(child, end.output);
    if (status) {
      end.status = WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
      return end;
    }
    std::array<pollfd, 2> ready{pollfd{child.pid_fd(), POLLIN, 0},
                                pollfd{child.output_fd(), POLLIN, 0}};
    // One that has closed its output and lives on is looked at now and then.
    const bool is_open = read_some(child, end.output);
    ::poll(ready.data(), is_open ? 2 : 1, 50);
  }
  return std::nullopt;
}

std::string version_in(const std::string& text) {
  static const Pattern pattern{R"((?:^|[^0-9.])v?([0-9]+\.[0-9]+(?:\.[0-9]+)*))"};
  return pattern.first_group(text).value_or("");
}

}  // namespace wandrill
