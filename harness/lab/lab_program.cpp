// SPDX-License-Identifier: Apache-2.0
#include "lab/lab_program.hpp"

#include <array>
#include <memory>
#include <regex>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/printable.hpp"
#include "base/units.hpp"
#include "lab/waits.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kTailLines = 12;
constexpr std::size_t kLongestLine = 16UL * 1024UL;
constexpr auto kLookEvery = std::chrono::milliseconds{5};

}  // namespace

LabProgram::LabProgram(std::string title, std::string ready_pattern, Child child, OnLine on_line)
    : title_{std::move(title)},
      ready_pattern_{std::move(ready_pattern)},
      child_{std::move(child)},
      on_line_{std::move(on_line)},
      ready_{ready_pattern_.empty()} {}

void LabProgram::look_for_readiness(const std::string& text) {
  if (!ready_) ready_ = std::regex_search(text, std::regex{ready_pattern_});
}

void LabProgram::take_line(const std::string& line) {
  tail_.push_back(printable_line(line));
  if (tail_.size() > kTailLines) tail_.pop_front();
  look_for_readiness(line);
  on_line_(line);
}

bool LabProgram::take_output() {
  std::array<char, 4096> buffer{};
  bool any = false;
  ssize_t size = 0;
  while ((size = ::read(child_.output_fd(), buffer.data(), buffer.size())) > 0) {
    any = true;
    partial_.append(buffer.data(), static_cast<std::size_t>(size));
    for (auto end = partial_.find('\n'); end != std::string::npos; end = partial_.find('\n')) {
      take_line(partial_.substr(0, end));
      partial_.erase(0, end + 1);
    }
    if (partial_.size() > kLongestLine) end_line();
    // The last line of some programs has no end until the next one is written.
    look_for_readiness(partial_);
  }
  if (size == 0 && !partial_.empty()) end_line();
  return any;
}

void LabProgram::end_line() {
  take_line(partial_);
  partial_.clear();
}

asio::awaitable<void> LabProgram::wait_until_ready(Clock::time_point since, Nanos within) {
  for (;;) {
    take_output();
    if (ready_) co_return;
    if (const auto status = child_.poll_status()) fail(end_text(*status) + " before it was ready");
    if (Clock::now() - since > within) fail("did not become ready within " + to_string(within));
    co_await pause_for(kLookEvery);
  }
}

asio::awaitable<void> LabProgram::read_until_end() {
  using Descriptor = asio::posix::stream_descriptor;
  const auto executor = co_await asio::this_coro::executor;
  const auto output = std::make_shared<Descriptor>(descriptor_for(executor, child_.output_fd()));
  auto end = descriptor_for(executor, child_.pid_fd());
  // Shared: the handler may run once this is over.
  end.async_wait(Descriptor::wait_read, [output](const boost::system::error_code& failed) {
    if (!failed) output->cancel();
  });
  for (const int life = life_; life_ == life && !child_.poll_status();) {
    co_await output->async_wait(Descriptor::wait_read, asio::as_tuple(asio::use_awaitable));
    // End of file comes a moment before the status does.
    if (!take_output()) co_await pause_for(kLookEvery);
  }
  take_output();
}

void LabProgram::fail(const std::string& what) const {
  const auto lines = tail_.empty() ? std::string{"it wrote nothing"}
                                   : fmt::format("its last lines:\n  {}", fmt::join(tail_, "\n  "));
  throw MachineError{fmt::format("{} {}; {}", title_, what, lines)};
}

void LabProgram::begin_again(Child child) {
  partial_.clear();
  ready_ = ready_pattern_.empty();
  child_ = std::move(child);
  ++life_;
}

std::string end_text(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was killed by signal {}", WTERMSIG(status));
  return fmt::format("ended with exit status {}", WEXITSTATUS(status));
}

}  // namespace wandrill
