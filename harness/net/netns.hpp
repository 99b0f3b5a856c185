// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <type_traits>

#include "base/unique_fd.hpp"

namespace wandrill {

/// A network namespace, alive exactly as long as this handle.
///
/// The namespace is anonymous: no /run/netns entry, so a crash leaks nothing.
class NetNs {
 public:
  /// A new one, its loopback interface up. Throws std::system_error.
  static NetNs create();
  /// That of a descriptor of /proc/PID/ns/net; its loopback interface is set up.
  static NetNs adopt(UniqueFd fd);
  /// That of a descriptor; nothing in it is changed.
  static NetNs of(UniqueFd fd);
  /// A handle on the one that the calling thread is in.
  static NetNs current();

  /// Runs `f` with the calling thread inside the namespace. A socket that `f` opens stays in the
  /// namespace for life, so one io_context thread can drive sockets of every namespace.
  template <typename F>
  std::invoke_result_t<F> run(F&& f) const {
    const Visit visit{fd_};
    return std::invoke(std::forward<F>(f));
  }

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  class Visit {
   public:
    explicit Visit(const UniqueFd& target);
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    Visit(Visit&&) = delete;
    Visit& operator=(Visit&&) = delete;

   private:
    UniqueFd home_;
  };

  explicit NetNs(UniqueFd fd) noexcept : fd_{std::move(fd)} {}

  UniqueFd fd_;
};

}  // namespace wandrill
