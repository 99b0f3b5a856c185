// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "base/unique_fd.hpp"
#include "net/netns.hpp"
#include "net/priority.hpp"

namespace wandrill {

/// What holds a program, from before its first instruction.
class Confinement {
 public:
  Confinement() = default;
  virtual ~Confinement() = default;
  Confinement(const Confinement&) = delete;
  Confinement& operator=(const Confinement&) = delete;
  Confinement(Confinement&&) = delete;
  Confinement& operator=(Confinement&&) = delete;

  /// Called in the child, between fork and exec: only what is safe there. False with errno.
  virtual bool enter() const noexcept = 0;
};

/// What to start, and where.
struct ChildSpec {
  std::vector<std::string> command;                ///< argv; found along PATH; no shell.
  std::string folder;                              ///< Working directory; empty: ours.
  std::map<std::string, std::string> environment;  ///< Added to ours, or in the place of ours.
  const Confinement* confinement = nullptr;        ///< None: it may do what we may.
  Priority priority = Priority::kOrdinary;  ///< Where it is not permitted: ordinary all the same.
  int inherits = -1;  ///< The only descriptor of ours that it gets, by its own number; -1: none.
  bool own_group = false;  ///< It leads a process group of its own: see Child::kill_group().
};

/// A running program with its output captured. It is killed and reaped with its owner, and dies
/// with the thread that started it whatever happens. It starts with every signal at its default,
/// /dev/null as its input, and no descriptor of ours but the one that its spec names.
class Child {
 public:
  /// Throws std::system_error naming the program when it cannot be started.
  Child(const NetNs& ns, const ChildSpec& spec);
  /// In the network namespace that the caller is in.
  explicit Child(const ChildSpec& spec);
  Child(Child&& other) noexcept;
  /// What this one ran before is killed and reaped.
  Child& operator=(Child&& other) noexcept;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  /// Its standard output and error, one stream, non-blocking: to be polled.
  [[nodiscard]] int output_fd() const noexcept { return output_.get(); }
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// Readable once it has ended: pidfd_open(2).
  [[nodiscard]] int pid_fd() const noexcept { return pid_fd_.get(); }

  /// The status of waitpid(2) once it has ended; nothing while it runs. Never blocks. When somebody
  /// else in this process has reaped it: kStatusUnknown.
  std::optional<int> poll_status() noexcept;
  static constexpr int kStatusUnknown = 255 << 8;  ///< As waitpid(2) gives exit status 255.
  /// Does nothing once it has ended; never reaches another process that was given its id.
  void send_signal(int signal) const noexcept;
  /// SIGTERM, then SIGKILL after `grace`; returns its status. Blocks at most `grace`.
  int terminate(std::chrono::milliseconds grace) noexcept;
  /// SIGKILL; returns its status.
  int kill() noexcept;
  /// SIGKILL to it and to all that it has started and that has not left its group: setpgid(2). For
  /// one that was started with `own_group`. Does nothing once it has ended.
  void kill_group() const noexcept;

 private:
  Child() = default;
  void start(int ns, const ChildSpec& spec);
  int reap() noexcept;

  UniqueFd output_;
  UniqueFd pid_fd_;
  pid_t pid_ = -1;
  std::optional<int> status_;
};

}  // namespace wandrill
