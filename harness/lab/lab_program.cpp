// SPDX-License-Identifier: Apache-2.0
#include "lab/lab_program.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "base/printable.hpp"
#include "lab/waits.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kTailLines = 12;
/// What goes on for longer is cut into several lines.
constexpr std::size_t kLongestLine = 16UL * 1024UL;
/// A line without an end says within this that its program is ready: each read looks at it anew.
constexpr std::size_t kLongestPrompt = 1024;
/// More than a pipe holds, so what a program left behind is read whole, and one that never stops
/// writing keeps nobody from the rest of the lab.
constexpr int kMostReads = 64;
/// Of all lives of a program together.
constexpr std::uint64_t kMostOutput = 64UL * 1024UL * 1024UL;
/// Of a line that an error quotes.
constexpr std::size_t kMostQuoted = 500;
constexpr auto kLookEvery = std::chrono::milliseconds{5};

}  // namespace

LabProgram::LabProgram(std::string title, const std::string& ready_pattern, Child child,
                       OnLine on_line)
    : title_{std::move(title)},
      child_{std::move(child)},
      on_line_{std::move(on_line)},
      ready_{ready_pattern.empty()},
      cutter_{kLongestLine} {
  if (!ready_) ready_pattern_.emplace(ready_pattern);
}

void LabProgram::look_for_readiness(const std::string& text) {
  if (!ready_) ready_ = ready_pattern_->search(text);
}

void LabProgram::take_line(const std::string& line) {
  tail_.push_back(printable_line(line.substr(0, kMostQuoted)));
  if (tail_.size() > kTailLines) tail_.pop_front();
  look_for_readiness(line);
  on_line_(line);
}

bool LabProgram::take_output() {
  std::array<char, 4096> buffer{};
  const auto take = [this](const std::string& line) { take_line(line); };
  bool any = false;
  ssize_t size = 0;
  for (int reads = 0; reads < kMostReads; ++reads) {
    size = ::read(child_.output_fd(), buffer.data(), buffer.size());
    if (size <= 0) break;
    any = true;
    written_ += static_cast<std::uint64_t>(size);
    cutter_.feed({buffer.data(), static_cast<std::size_t>(size)}, take);
  }
  // The last line of some programs has no end until the next one is written.
  if (any && cutter_.partial().size() <= kLongestPrompt) look_for_readiness(cutter_.partial());
  if (size == 0) cutter_.finish(take);
  if (written_ > kMostOutput) fail("has written more than 64 MiB");
  return any;
}

asio::awaitable<void> LabProgram::wait_until_ready(Patience& patience, Notify notify) {
  for (;;) {
    const bool is_over = patience.is_over(look_now());
    take_output();
    if (ready_) break;
    if (const auto status = child_.poll_status()) fail(end_text(*status) + " before it was ready");
    if (is_over) fail("did not become ready within " + patience.text());
    co_await pause_for(kLookEvery);
  }
  patience.notify_if_stretched(notify, title_ + " was ready");
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
  cutter_.clear();
  ready_ = !ready_pattern_;
  child_ = std::move(child);
  ++life_;
}

std::string end_text(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was killed by signal {}", WTERMSIG(status));
  return fmt::format("ended with exit status {}", WEXITSTATUS(status));
}

}  // namespace wandrill
