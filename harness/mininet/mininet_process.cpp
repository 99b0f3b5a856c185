// SPDX-License-Identifier: Apache-2.0
#include "mininet/mininet_process.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/patience.hpp"
#include "base/pressure.hpp"
#include "mininet/lab_server.hpp"

namespace wandrill {
namespace {

/// Mininet takes some 0.1 s for a node, ten times as long in an emulated guest.
constexpr Nanos kBuiltWithin = std::chrono::seconds{60};
/// Patience takes a longer time without a look for one that this machine was busy in.
constexpr int kLookEveryMs = 5;
constexpr int kLooksPerCall = 20;
constexpr std::size_t kLongestAnswer = 16U << 20U;
/// Where Debian has Mininet's tools: an ordinary user's PATH may lack the second half.
constexpr const char* kPath = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

ChildSpec spec_of(const Confinement& confinement, const Json& request, int line) {
  return {.command = {mininet_python(), "-c", kLabServer, std::to_string(line), request.dump()},
          .environment = {{"PATH", kPath}, {"PYTHONDONTWRITEBYTECODE", "1"}},
          .confinement = &confinement,
          .inherits = line};
}

Child start(const NetNs& root, const ChildSpec& spec) {
  try {
    return Child{root, spec};
  } catch (const std::system_error& error) {
    throw MachineError{fmt::format(
        "{} does not start: {}. Mininet is Python's; WANDRILL_PYTHON names the one that has it",
        mininet_python(), error.code().message())};
  }
}

}  // namespace

struct MininetProcess::Line {
  Line() {
    std::array<int, 2> ends{};
    check(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()),
          "make the line to Mininet");
    ours = UniqueFd{ends[0]};
    theirs = UniqueFd{ends[1]};
  }
  UniqueFd ours;
  UniqueFd theirs;
};

std::string mininet_python() {
  const char* named = std::getenv("WANDRILL_PYTHON");
  return named != nullptr && *named != '\0' ? named : "/usr/bin/python3";
}

MininetProcess::MininetProcess(const NetNs& root, const Confinement& confinement,
                               const Json& request)
    : MininetProcess{root, confinement, request, Line{}} {}

MininetProcess::MininetProcess(const NetNs& root, const Confinement& confinement,
                               const Json& request, Line line)
    : line_{std::move(line.ours)},
      child_{start(root, spec_of(confinement, request, line.theirs.get()))} {}

std::string MininetProcess::read_answer(const std::function<void()>& look) {
  Patience patience{kBuiltWithin, look_now()};
  std::string text;
  for (int looks = 1;; ++looks) {
    pollfd ready{line_.get(), POLLIN, 0};
    ::poll(&ready, 1, kLookEveryMs);
    std::array<char, 65536> part{};
    if (ready.revents != 0) {
      const auto size = ::read(line_.get(), part.data(), part.size());
      if (size == 0) return text;
      if (size > 0) text.append(part.data(), static_cast<std::size_t>(size));
      if (text.ends_with('\n')) return text;
      if (text.size() > kLongestAnswer) throw MachineError{"Mininet: its answer has no end"};
    }
    if (looks % kLooksPerCall == 0) look();
    if (patience.is_over(look_now()))
      throw MachineError{"Mininet had not built the network within " + patience.text() +
                         ": does a node's config() wait for something?"};
  }
}

Json MininetProcess::wait_until_built(const std::function<void()>& look) {
  const auto answer = Json::parse(read_answer(look), nullptr, false);
  if (!answer.is_object()) {
    const int status = child_.kill();
    throw MachineError{fmt::format(
        "{} ended while Mininet built the network{}", mininet_python(),
        WIFSIGNALED(status) ? fmt::format(": signal {}", WTERMSIG(status)) : std::string{})};
  }
  if (answer.contains("built")) return answer.at("built");
  const auto text = answer.value("error", "Mininet said nothing") +
                    (answer.contains("trace") ? "\n" + answer.value("trace", "") : "");
  if (answer.value("kind", "") == "machine") throw MachineError{text};
  throw MininetError{text};
}

}  // namespace wandrill
