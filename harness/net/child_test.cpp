// SPDX-License-Identifier: Apache-2.0
#include "net/child.hpp"

#include <array>
#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/wait.h>

#include "base/clock.hpp"
#include "base/testing/catch.hpp"
#include "net/testing/private_namespaces.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using namespace wandrill::testing;
using Catch::Matchers::Message;

namespace {

/// Everything that it writes until it closes its output.
std::string output_of(const Child& child) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    pollfd ready{child.output_fd(), POLLIN, 0};
    if (::poll(&ready, 1, 20'000) <= 0) return text + "(nothing more within 20 s)";
    const auto size = ::read(child.output_fd(), buffer.data(), buffer.size());
    if (size <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

/// Its status, at most 20 s later.
int status_of(Child& child) {
  pollfd ended{child.pid_fd(), POLLIN, 0};
  REQUIRE(::poll(&ended, 1, 20'000) == 1);
  return child.poll_status().value();
}

/// What `ls` finds open in itself, but for the folder that it reads.
std::vector<std::string> script_that_lists_descriptors() {
  // In the order of their texts.
  return {"sh", "-c",
          "ls -l /proc/self/fd | sed -n 's|.* \\([0-9]*\\) -> .*|\\1|p' | tr '\\n' ' '"};
}

bool exists(pid_t pid) {
  return ::kill(pid, 0) == 0;
}

std::vector<std::string> script(const char* text) {
  // In the order of their texts.
  return {"sh", "-c", text};
}

}  // namespace

TEST_CASE("A child's output and exit status are its own", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  Child child{ns, {.command = script("echo out; echo err >&2; exit 3")}};
  CHECK(output_of(child) == "out\nerr\n");
  const int status = status_of(child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 3);
  CHECK(child.terminate(0ms) == status);
}

TEST_CASE("A child runs in its namespace, folder and environment", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  ::setenv("WANDRILL_TEST_OURS", "ours", 1);
  Child child{ns,
              {.command = script("ls -i -L /proc/self/ns/net | cut -d' ' -f1; pwd;"
                                 "echo $WANDRILL_TEST_OURS $WANDRILL_TEST_NEW"),
               .folder = "/proc",
               .environment = {{"WANDRILL_TEST_NEW", "new"}}}};
  Child outside{NetNs::current(),
                {.command = script("ls -i -L /proc/self/ns/net | cut -d' ' -f1")}};
  const auto text = output_of(child);
  CHECK(text.substr(text.find('\n')) == "\n/proc\nours new\n");
  CHECK(text.substr(0, text.find('\n') + 1) != output_of(outside));
}

TEST_CASE("A program that cannot be started is named", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  CHECK_THROWS_MATCHES((Child{ns, {.command = {"/no/such/daemon", "-f"}}}), std::system_error,
                       Message("start /no/such/daemon: No such file or directory"));
  CHECK_THROWS_MATCHES((Child{ns, {.command = {"true"}, .folder = "/no/folder"}}),
                       std::system_error, Message("start true: No such file or directory"));
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);  // no zombie
}

TEST_CASE("A child that ignores SIGTERM is killed after its grace", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  Child polite{ns, {.command = {"sleep", "60"}}};
  const int first = polite.terminate(20s);
  CHECK((WIFSIGNALED(first) && WTERMSIG(first) == SIGTERM));

  Child stubborn{ns, {.command = script("trap '' TERM; echo ready; while :; do sleep 1; done")}};
  pollfd ready{stubborn.output_fd(), POLLIN, 0};
  REQUIRE(::poll(&ready, 1, 20'000) == 1);
  const int second = stubborn.terminate(50ms);
  CHECK((WIFSIGNALED(second) && WTERMSIG(second) == SIGKILL));
}

TEST_CASE("A child ends with its owner, moved or not", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const auto start = [&] { return Child{ns, {.command = {"sleep", "60"}}}; };
  pid_t first = 0;
  pid_t second = 0;
  {
    Child owner = start();
    first = owner.pid();
    Child next = start();
    second = next.pid();
    CHECK(exists(first));
    owner = std::move(next);
    CHECK_FALSE(exists(first));
    CHECK(owner.pid() == second);
    CHECK_FALSE(owner.poll_status());
    CHECK(exists(second));
  }
  CHECK_FALSE(exists(second));
}

TEST_CASE("What a child has started in its group is killed with it", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  Child child{ns, {.command = script("sleep 60 & echo started; wait"), .own_group = true}};
  pollfd started{child.output_fd(), POLLIN, 0};
  REQUIRE(::poll(&started, 1, 20'000) == 1);
  child.kill_group();
  const int status = status_of(child);
  CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
  CHECK(output_of(child) == "started\n");  // nobody has it open any more
  child.kill_group();                      // nothing to do: its number may be another's
}

TEST_CASE("A child starts with signals at their defaults", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const auto before = ::signal(SIGTERM, SIG_IGN);
  Child child{ns, {.command = {"sleep", "60"}}};
  ::signal(SIGTERM, before);
  const int status = child.terminate(20s);
  CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM));
}

TEST_CASE("A program of the tester's runs ahead of ordinary ones", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  if (!tester_priority_is_permitted()) WANDRILL_SKIP("SCHED_FIFO is not permitted");
  const auto ns = NetNs::create();
  const auto policy_of = [&](Priority priority) {
    const Child child{ns, {.command = {"sleep", "60"}, .priority = priority}};
    return ::sched_getscheduler(child.pid());
  };
  CHECK(policy_of(Priority::kTester) == SCHED_FIFO);
  CHECK(policy_of(Priority::kOrdinary) == SCHED_OTHER);
  CHECK(kProgramRealtime < kGeneratorRealtime);
}

TEST_CASE("A child that somebody else has reaped has ended all the same", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  Child child{ns, {.command = {"true"}}};
  REQUIRE(::waitpid(child.pid(), nullptr, 0) == child.pid());
  CHECK(child.poll_status() == Child::kStatusUnknown);
  CHECK(child.terminate(0ms) == Child::kStatusUnknown);
}

TEST_CASE("A child gets no descriptor of ours, however it was opened", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const std::ofstream stream{"/dev/null"};  // the C++ library's are not close-on-exec
  const UniqueFd low{::open("/dev/null", O_WRONLY)};
  const UniqueFd high{::fcntl(low.get(), F_DUPFD, 200)};
  REQUIRE(::fcntl(high.get(), F_GETFD) == 0);
  Child first{ns, {.command = script_that_lists_descriptors()}};
  Child second{{.command = script_that_lists_descriptors()}};  // 3: the folder that ls reads
  CHECK(output_of(first) == "0 1 2 3 ");
  CHECK(output_of(second) == "0 1 2 3 ");
  CHECK(::fcntl(high.get(), F_GETFD) == 0);  // ours are as they were
}

TEST_CASE("A child inherits the one descriptor that its spec names", "[child]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const UniqueFd low{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
  const UniqueFd named{::fcntl(low.get(), F_DUPFD_CLOEXEC, 200)};
  Child child{{.command = script_that_lists_descriptors(), .inherits = named.get()}};
  CHECK(output_of(child) == fmt::format("0 1 2 {} 3 ", named.get()));
}
