// SPDX-License-Identifier: Apache-2.0
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "doctor/probes.hpp"

namespace wandrill {
namespace {

constexpr uid_t kNobody = 65534;

/// In a child that may be spoilt. Returns the error number; 0: done.
int enter_as_ordinary_user() {
  if (::geteuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) return errno;
  if (::unshare(CLONE_NEWUSER) != 0) return errno;
  // Some systems let it be made, but give it no rights (AppArmor on Ubuntu).
  return ::unshare(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID) == 0 ? 0 : errno;
}

/// Makes a user namespace as an ordinary user would; root becomes nobody for it.
Tried try_user_namespaces() {
  const pid_t child = check(::fork(), "try a user namespace");
  if (child == 0) ::_exit(enter_as_ordinary_user());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status)) return {.detail = "the attempt was killed"};
  const int error = WEXITSTATUS(status);
  // ENOSPC, EUSERS: user.max_user_namespaces is 0 or reached.
  if (error == ENOSPC || error == EUSERS || error == EINVAL) return {.answer = Answer::kNo};
  return judged(error);
}

}  // namespace

std::vector<Probe> user_probes() {
  return {{"userns", try_user_namespaces}};
}

}  // namespace wandrill
