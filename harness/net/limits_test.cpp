// SPDX-License-Identifier: Apache-2.0
#include "net/limits.hpp"

#include <functional>

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/pipe.hpp"
#include "base/testing/catch.hpp"
#include "net/netns.hpp"

using namespace wandrill;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

/// What `body` returns, from a process of its own: its limits are not ours.
std::string apart(const std::function<std::string()>& body) {
  Pipe answer;
  const pid_t child = check(::fork(), "fork");
  if (child == 0) {
    const auto text = body();
    static_cast<void>(!::write(answer.writer.get(), text.data(), text.size()));
    ::_exit(0);
  }
  answer.writer = UniqueFd{};
  std::string text(4096, '\0');
  const auto size = ::read(answer.reader.get(), text.data(), text.size());
  ::waitpid(child, nullptr, 0);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

std::string words_of(const std::function<void()>& attempt) {
  try {
    attempt();
  } catch (const std::exception& error) {
    return with_limit(error);
  }
  return "no error";
}

bool write_to(const char* file, std::string_view text) {
  const UniqueFd fd{::open(file, O_WRONLY | O_CLOEXEC)};
  return ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace

TEST_CASE("A process out of descriptors is told its limit and how to raise it", "[limits]") {
  const auto words = apart([] {
    const rlimit few{64, 64};
    ::setrlimit(RLIMIT_NOFILE, &few);
    errno = EMFILE;
    return words_of([] { check(-1, "open /dev/null"); });
  });
  CHECK(words ==
        "open /dev/null: Too many open files; this process may have 64 descriptors: allow more, as "
        "with 'ulimit -n 65536'");
}

TEST_CASE("A file that may not grow says how large it may be", "[limits]") {
  const auto words = apart([] {
    const rlimit small{1024, 1024};
    ::setrlimit(RLIMIT_FSIZE, &small);
    errno = EFBIG;
    return words_of([] { check(-1, "write packets.bin"); });
  });
  CHECK(words ==
        "write packets.bin: File too large; files may have at most 1024 bytes here: allow more, as "
        "with 'ulimit -f unlimited'");
}

TEST_CASE("Other errors are left as they are", "[limits]") {
  CHECK(words_of([] { throw MachineError{"no QEMU"}; }) == "no QEMU");
  CHECK(words_of([] { check(::open("/no/such", O_RDONLY), "open it"); }) ==
        "open it: No such file or directory");
}

TEST_CASE("A limit of namespaces is not a full disk", "[limits]") {
  const auto words = apart([]() -> std::string {
    if (::unshare(CLONE_NEWUSER) != 0) return "skipped";
    if (!write_to("/proc/sys/user/max_net_namespaces", "0")) return "skipped";
    return words_of([] { (void)NetNs::create(); });
  });
  if (words == "skipped") WANDRILL_SKIP("no user namespace can be made here");
  CHECK_THAT(words, StartsWith("create a network namespace"));
  CHECK_THAT(words, Contains("no more namespaces are allowed here"));
  CHECK_THAT(words, Contains("user.max_net_namespaces = 0"));
  CHECK_THAT(words, !Contains("No space left"));
}
