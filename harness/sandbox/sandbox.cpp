// SPDX-License-Identifier: Apache-2.0
#include "sandbox/sandbox.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <exception>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/pipe.hpp"
#include "net/limits.hpp"
#include "sandbox/capabilities.hpp"
#include "sandbox/sandbox_root.hpp"

namespace wandrill {
namespace {

constexpr char kInOwnUserNamespace = 'u';
constexpr char kInCellsUserNamespace = 'c';

UniqueFd namespace_of(pid_t pid, const char* kind) {
  const auto path = fmt::format("/proc/{}/ns/{}", pid, kind);
  return UniqueFd{check(::open(path.c_str(), O_RDONLY | O_CLOEXEC), "open {}", path)};
}

void write_whole(const std::string& file, const std::string& text) {
  const UniqueFd fd{check(::open(file.c_str(), O_WRONLY | O_CLOEXEC), "open {}", file)};
  check(::write(fd.get(), text.data(), text.size()), "write {}", file);
}

/// Every id that the caller has, as itself: "0 0 1" for an ordinary user, whom the cell made root.
std::string identity_of(const char* map) {
  std::ifstream file{map};
  std::string text;
  unsigned inside = 0;
  unsigned outside = 0;
  unsigned count = 0;
  while (file >> inside >> outside >> count)
    text += fmt::format("{0} {0} {1}\n", inside, count);
  return text;
}

/// A process in the namespaces while they have no other: they last as long as our descriptors.
class Founder {
 public:
  /// `found`: in the process; sends one octet, or more: what went wrong.
  explicit Founder(const std::function<void(Founder&)>& found) {
    pid_ = check(::fork(), "start the process that makes the sandbox");
    if (pid_ != 0) {
      word_.writer = UniqueFd{};
      go_.reader = UniqueFd{};
      return;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    word_.reader = UniqueFd{};
    go_.writer = UniqueFd{};
    try {
      found(*this);
      char any = 0;
      while (::read(go_.reader.get(), &any, 1) < 0 && errno == EINTR) {
      }
    } catch (const std::exception& error) {
      send(error.what());
    }
    ::_exit(0);
  }
  Founder(const Founder&) = delete;
  Founder& operator=(const Founder&) = delete;
  Founder(Founder&&) = delete;
  Founder& operator=(Founder&&) = delete;
  ~Founder() {
    go_.writer = UniqueFd{};
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  void send(std::string_view text) const {
    (void)!::write(word_.writer.get(), text.data(), text.size());
  }
  /// The octet that it sent; throws MachineError for more, or for nothing.
  [[nodiscard]] char answer() const {
    std::array<char, 1024> text{};
    ssize_t size = 0;
    do {
      size = ::read(word_.reader.get(), text.data(), text.size());
    } while (size < 0 && errno == EINTR);
    if (size == 1) return text.front();
    throw MachineError{
        fmt::format("make the sandbox for the lab's programs: {}",
                    size > 0 ? std::string_view{text.data(), static_cast<std::size_t>(size)}
                             : "it was killed")};
  }

 private:
  Pipe word_;  ///< From the process.
  Pipe go_;    ///< To it.
  pid_t pid_ = -1;
};

/// In the process: another root first, and then namespaces in which nothing of it can be undone,
/// since they belong to a user namespace that has no say over its parent's mounts.
void found_namespaces(Founder& founder) {
  constexpr int kKinds = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC;
  check(::unshare(CLONE_NEWNS), "create the sandbox's mount namespace");
  enter_sandbox_root();
  const bool is_own = ::unshare(kKinds | CLONE_NEWUSER) == 0;
  if (!is_own) check(::unshare(kKinds), "create the sandbox's namespaces");
  const char word = is_own ? kInOwnUserNamespace : kInCellsUserNamespace;
  founder.send({&word, 1});
}

void map_ids(pid_t pid) {
  write_whole(fmt::format("/proc/{}/uid_map", pid), identity_of("/proc/self/uid_map"));
  write_whole(fmt::format("/proc/{}/gid_map", pid), identity_of("/proc/self/gid_map"));
}

/// When memory runs out, programs go before anything else on this machine: proc(5).
void be_the_first_to_go() {
  const UniqueFd score{::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)};
  if (score) (void)!::write(score.get(), "1000", 4);
}

/// What a process that makes network namespaces is told, and what it leaves behind.
struct Making {
  int user = -1;                  ///< The user namespace that they are to belong to.
  std::vector<int> made;          ///< Descriptors of the namespaces, ours.
  const char* attempt = nullptr;  ///< What did not go; null: all did.
  int error = 0;
};

/// In a process that has our memory and descriptors: nothing but calls of the kernel.
int make_networks(void* told) {
  auto& making = *static_cast<Making*>(told);
  const auto failed = [&making](const char* attempt) {
    making.attempt = attempt;
    making.error = errno;
    return 1;
  };
  if (::setns(making.user, CLONE_NEWUSER) != 0) return failed("enter the sandbox");
  for (auto& fd : making.made) {
    if (::unshare(CLONE_NEWNET) != 0) return failed("create a network namespace");
    fd = ::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return failed("open the namespace of a network");
  }
  return 0;
}

/// Calls `act` in a process of its own that has our memory and our descriptors while we wait, as
/// with vfork(2): neither is copied, and what it opens is ours. Throws std::system_error.
void run_in_our_place(int (*act)(void*), void* told) {
  std::vector<std::byte> stack(std::size_t{64} << 10U);
  const pid_t pid = check(::clone(act, stack.data() + stack.size(),
                                  CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, told),
                          "start the process that makes network namespaces");
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool enters(const UniqueFd& target, int kind) {
  return ::setns(target.get(), kind) == 0;
}

}  // namespace

Sandbox::Sandbox() {
  const Founder founder{found_namespaces};
  const bool is_own = founder.answer() == kInOwnUserNamespace;
  ::rmdir(kSandboxWorkshop);  // a mount point there only
  if (is_own) {
    map_ids(founder.pid());
    namespaces_.user = namespace_of(founder.pid(), "user");
  }
  namespaces_.mount = namespace_of(founder.pid(), "mnt");
  namespaces_.uts = namespace_of(founder.pid(), "uts");
  namespaces_.ipc = namespace_of(founder.pid(), "ipc");
}

NetNs Sandbox::create_netns() const {
  return std::move(create_netns(1).front());
}

std::vector<NetNs> Sandbox::create_netns(std::size_t count) const {
  std::vector<NetNs> made;
  if (!namespaces_.user) {
    while (made.size() < count)
      made.push_back(NetNs::create());
    return made;
  }
  Making making{.user = namespaces_.user.get(), .made = std::vector<int>(count, -1)};
  run_in_our_place(make_networks, &making);
  for (const int fd : making.made)
    if (fd >= 0) made.push_back(NetNs::adopt(UniqueFd{fd}));
  if (making.attempt == nullptr) return made;
  errno = making.error;
  check_unshare(-1, CLONE_NEWNET, making.attempt);
  return made;
}

bool SandboxNamespaces::enter() const noexcept {
  const bool is_own = static_cast<bool>(user);
  be_the_first_to_go();
  return enters(mount, CLONE_NEWNS) && enters(uts, CLONE_NEWUTS) && enters(ipc, CLONE_NEWIPC) &&
         (!is_own || enters(user, CLONE_NEWUSER)) && drop_capabilities(is_own);
}

}  // namespace wandrill
