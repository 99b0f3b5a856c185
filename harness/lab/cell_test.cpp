// SPDX-License-Identifier: Apache-2.0
#include "lab/cell.hpp"

#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/pipe.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;
namespace fs = std::filesystem;

namespace {

constexpr int kPatienceMs = 10'000;

bool becomes_ready(int fd) {
  pollfd ready{fd, POLLIN, 0};
  return ::poll(&ready, 1, kPatienceMs) > 0;
}

/// The next message from the cell, or null when its line ended.
Json next_message(const Cell& cell) {
  REQUIRE(becomes_ready(cell.channel().fd()));
  return cell.channel().receive().message;
}

/// The cell's body for the tests of dying: has a child of its own, says so, and waits for ever.
int wait_for_death(Channel& channel) {
  if (::fork() == 0)
    for (;;)
      ::pause();
  channel.send({{"type", "waiting"}});
  for (;;)
    ::pause();
}

}  // namespace

TEST_CASE("A cell is PID 1 as root in namespaces of its own", "[cell]") {
  Cell cell{{}, [](Channel& channel) {
              channel.send({{"pid", ::getpid()},
                            {"uid", ::getuid()},
                            {"eth0", ::if_nametoindex("eth0")},
                            {"run_is_empty", fs::is_empty("/run")},
                            {"tmp_is_empty", fs::is_empty("/tmp")}});
              return 0;
            }};
  const auto seen = next_message(cell);
  CHECK(seen ==
        Json{{"pid", 1}, {"uid", 0}, {"eth0", 0}, {"run_is_empty", true}, {"tmp_is_empty", true}});
  CHECK(cell.wait() == 0);
}

TEST_CASE("What a cell writes in a writable folder stays, and nothing else does", "[cell]") {
  const testing::ScratchFolder scratch;
  Cell cell{{.writable = {scratch.path()}}, [&](Channel&) {
              std::ofstream{scratch.path() / "kept"} << "here";
              std::ofstream{"/tmp/lost"} << "gone";
              return fs::exists("/tmp/lost") ? 0 : 1;
            }};
  CHECK(cell.wait() == 0);
  CHECK(fs::exists(scratch.path() / "kept"));
  CHECK_FALSE(fs::exists("/tmp/lost"));
}

TEST_CASE("In a chroot a cell works, and the host sees none of its mounts", "[cell]") {
  if (::geteuid() != 0) WANDRILL_SKIP("only root can enter a chroot");
  const testing::ScratchFolder scratch;
  for (const auto* folder : {"proc", "run", "tmp"})
    fs::create_directory(scratch.path() / folder);
  const auto mounts = read_file("/proc/self/mounts");
  const pid_t child = check(::fork(), "fork");
  if (child == 0) {
    if (::chroot(scratch.path().c_str()) != 0 || ::chdir("/") != 0) ::_exit(10);
    Cell cell{{}, [](Channel&) {
                return fs::exists("/proc/1/status") && fs::is_empty("/tmp") &&
                               fs::current_path() == "/"
                           ? 0
                           : 1;
              }};
    ::_exit(WEXITSTATUS(cell.wait()));
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(read_file("/proc/self/mounts") == mounts);
}

TEST_CASE("An exception in a cell reaches the parent in words", "[cell]") {
  Cell cell{{}, [](Channel&) -> int { throw MachineError{"no such engine"}; }};
  CHECK(next_message(cell) == Json{{"type", "error"}, {"message", "no such engine"}});
  CHECK(WEXITSTATUS(cell.wait()) == 3);
}

TEST_CASE("The signal that killed a cell is known to its parent", "[cell]") {
  Cell cell{{}, wait_for_death};
  REQUIRE(next_message(cell) == Json{{"type", "waiting"}});
  std::ifstream children{fmt::format("/proc/{0}/task/{0}/children", cell.pid())};
  pid_t inner = -1;
  REQUIRE(children >> inner);
  ::kill(inner, SIGKILL);
  const int status = cell.wait();
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGKILL);
}

TEST_CASE("Everything of a cell dies when its parent is killed", "[cell]") {
  Pipe alive;
  Pipe up;
  const pid_t parent = check(::fork(), "fork");
  if (parent == 0) {
    alive.reader = UniqueFd{};
    Cell cell{{}, wait_for_death};
    (void)becomes_ready(cell.channel().fd());
    (void)::write(up.writer.get(), "x", 1);
    for (;;)
      ::pause();
  }
  alive.writer = UniqueFd{};
  REQUIRE(becomes_ready(up.reader.get()));
  ::kill(parent, SIGKILL);
  // The pipe's other end is held by the parent, the keeper, the cell and its child: it ends with
  // the last of them.
  CHECK(becomes_ready(alive.reader.get()));
  ::waitpid(parent, nullptr, 0);
}

TEST_CASE("A cell that is let go is killed with its children", "[cell]") {
  Pipe alive;
  {
    Cell cell{{}, [&](Channel& channel) {
                alive.reader = UniqueFd{};
                return wait_for_death(channel);
              }};
    CHECK(next_message(cell) == Json{{"type", "waiting"}});
    alive.writer = UniqueFd{};
  }
  CHECK(becomes_ready(alive.reader.get()));
}
