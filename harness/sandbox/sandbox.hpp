// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "net/child.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// The namespaces of a sandbox, open; whoever holds these can enter it.
struct SandboxNamespaces {
  UniqueFd mount;
  UniqueFd uts;
  UniqueFd ipc;
  UniqueFd user;  ///< Empty: programs keep the cell's.

  /// For good, and with the capabilities of the lab's programs only. The caller is in the cell's
  /// user namespace, and has entered a network namespace already. False with errno; safe between
  /// fork and exec.
  [[nodiscard]] bool enter() const noexcept;
};

/// What holds the programs of a lab: a router's config is a stranger's, and may run as root.
///
/// Programs live in a user namespace below the cell's, which maps every id that the cell has, and
/// in mount, UTS and IPC namespaces of it. The lab's network namespaces belong to it, too, so that
/// programs can do within them what root can. They see this machine's files, and write to memory:
/// enter_sandbox_root. The cell itself stays outside: no program can trace it, open what it has
/// open, or undo its mounts (user_namespaces(7), mount_namespaces(7)).
///
/// Where the kernel allows root no user namespace (in a chroot), programs keep the cell's, with
/// fewer capabilities.
class Sandbox : public Confinement {
 public:
  /// Call in a cell. Throws MachineError.
  Sandbox();

  /// A network namespace that belongs to it, its loopback interface up.
  [[nodiscard]] NetNs create_netns() const;
  /// Several of them, which takes less than one after another.
  [[nodiscard]] std::vector<NetNs> create_netns(std::size_t count) const;

  bool enter() const noexcept override { return namespaces_.enter(); }

  [[nodiscard]] const SandboxNamespaces& namespaces() const noexcept { return namespaces_; }

 private:
  SandboxNamespaces namespaces_;
};

}  // namespace wandrill
