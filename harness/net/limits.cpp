// SPDX-License-Identifier: Apache-2.0
#include "net/limits.hpp"

#include <array>
#include <fstream>
#include <vector>

#include <fmt/ranges.h>
#include <sched.h>
#include <sys/resource.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

struct NamespaceKind {
  int flag;
  const char* limit;
};
constexpr std::array<NamespaceKind, 6> kKinds{{{CLONE_NEWUSER, "max_user_namespaces"},
                                               {CLONE_NEWNET, "max_net_namespaces"},
                                               {CLONE_NEWNS, "max_mnt_namespaces"},
                                               {CLONE_NEWPID, "max_pid_namespaces"},
                                               {CLONE_NEWUTS, "max_uts_namespaces"},
                                               {CLONE_NEWIPC, "max_ipc_namespaces"}}};

/// "user.max_net_namespaces = 0", for each kind that was asked for.
std::string limits_of(int flags) {
  std::vector<std::string> limits;
  for (const auto& [flag, name] : kKinds) {
    std::string value;
    std::ifstream{fmt::format("/proc/sys/user/{}", name)} >> value;
    if ((flags & flag) != 0) limits.push_back(fmt::format("user.{} = {}", name, value));
  }
  return fmt::format("{}", fmt::join(limits, ", "));
}

rlim_t soft_limit(int resource) {
  rlimit limit{};
  ::getrlimit(static_cast<__rlimit_resource>(resource), &limit);
  return limit.rlim_cur;
}

}  // namespace

std::string with_limit(const std::exception& error) {
  std::string text = error.what();
  const auto* system = dynamic_cast<const std::system_error*>(&error);
  if (system == nullptr) return text;
  if (system->code() == std::errc::too_many_files_open)
    text +=
        fmt::format("; this process may have {} descriptors: allow more, as with 'ulimit -n 65536'",
                    soft_limit(RLIMIT_NOFILE));
  if (system->code() == std::errc::too_many_files_open_in_system)
    text += "; the whole machine has too many: raise fs.file-max";
  if (system->code() == std::errc::file_too_large)
    text += fmt::format(
        "; files may have at most {} bytes here: allow more, as with 'ulimit -f unlimited'",
        soft_limit(RLIMIT_FSIZE));
  return text;
}

void check_unshare(int result, int flags, const char* attempt) {
  if (result < 0 && (errno == ENOSPC || errno == EUSERS))
    throw MachineError{
        fmt::format("{}: no more namespaces are allowed here: raise what is reached of {}, as root "
                    "('sysctl -w user.max_net_namespaces=10000')",
                    attempt, limits_of(flags))};
  check(result, "{}", attempt);
}

}  // namespace wandrill
