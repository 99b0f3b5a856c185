// SPDX-License-Identifier: Apache-2.0
#include "fault/exec_fault.hpp"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kMostOutput = 4096;

void read_into(std::string& text, int fd) {
  std::array<char, 1024> buffer{};
  for (;;) {
    const auto size = ::read(fd, buffer.data(), buffer.size());
    if (size <= 0) return;
    text.append(buffer.data(), static_cast<std::size_t>(size));
    if (text.size() > kMostOutput) text.erase(0, text.size() - kMostOutput);
  }
}

}  // namespace

void ExecFault::launch(const std::vector<std::string>& command) {
  text_ = fmt::format("{}", fmt::join(command, " "));
  output_.clear();
  running_ = &router_.launch(command);
}

void ExecFault::apply() {
  launch(run_);
}

void ExecFault::undo() {
  launch(undo_);
}

std::string ExecFault::evidence() {
  read_into(output_, running_->output_fd());
  const auto status = running_->poll_status();
  if (!status) return "";
  if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0)
    throw MachineError{fmt::format(
        "on the router, '{}' {}; {}", text_,
        WIFEXITED(*status) ? fmt::format("ended with exit status {}", WEXITSTATUS(*status))
                           : fmt::format("was killed by signal {}", WTERMSIG(*status)),
        output_.empty() ? "it wrote nothing" : "it wrote:\n" + output_)};
  return fmt::format("'{}' ended with exit status 0", text_);
}

}  // namespace wandrill
