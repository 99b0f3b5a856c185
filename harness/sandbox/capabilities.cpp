// SPDX-License-Identifier: Apache-2.0
#include "sandbox/capabilities.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace wandrill {
namespace {

/// What daemons of routers, servers and phones use in namespaces of their own.
constexpr std::array kKept{
    CAP_CHOWN,   CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER,           CAP_FSETID,
    CAP_KILL,    CAP_SETGID,       CAP_SETUID,          CAP_SETPCAP,          CAP_SETFCAP,
    CAP_NET_RAW, CAP_NET_ADMIN,    CAP_NET_BROADCAST,   CAP_NET_BIND_SERVICE, CAP_SYS_CHROOT,
    CAP_IPC_LOCK};
/// Harmless where they reach a user namespace only: FRR's zebra and `ip netns` ask for the first.
constexpr std::array kKeptInside{CAP_SYS_ADMIN, CAP_SYS_NICE, CAP_SYS_RESOURCE};

bool is_kept(int capability, bool in_user_namespace) {
  const auto stands_in = [capability](const auto& list) {
    return std::find(list.begin(), list.end(), capability) != list.end();
  };
  return stands_in(kKept) || (in_user_namespace && stands_in(kKeptInside));
}

constexpr int kBitsOfWord = 32;

/// The bounding set alone lets a program keep what it has without another exec.
bool shrink_own_sets(bool in_user_namespace) {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
  if (::syscall(SYS_capget, &header, sets.data()) != 0) return false;
  for (int capability = 0; capability < kBitsOfWord * _LINUX_CAPABILITY_U32S_3; ++capability) {
    if (is_kept(capability, in_user_namespace)) continue;
    auto& word = sets.at(static_cast<std::size_t>(capability / kBitsOfWord));
    const auto others = ~(1U << static_cast<unsigned>(capability % kBitsOfWord));
    word.effective &= others;
    word.permitted &= others;
    word.inheritable &= others;
  }
  return ::syscall(SYS_capset, &header, sets.data()) == 0;
}

}  // namespace

bool drop_capabilities(bool in_user_namespace) noexcept {
  // The kernel may know more capabilities than this program does: until it knows no more.
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability) >= 0; ++capability)
    if (!is_kept(capability, in_user_namespace) && ::prctl(PR_CAPBSET_DROP, capability) != 0)
      return false;
  return shrink_own_sets(in_user_namespace) && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

}  // namespace wandrill
