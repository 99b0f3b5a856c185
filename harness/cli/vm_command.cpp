// SPDX-License-Identifier: Apache-2.0
#include "cli/vm_command.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "cli/data_folder.hpp"
#include "net/exec_descriptors.hpp"
#include "vm/own_kernel.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

fs::path cache_folder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (cache != nullptr && *cache == '/') return fs::path{cache} / "wandrill/kernels";
  if (home != nullptr && *home == '/') return fs::path{home} / ".cache/wandrill/kernels";
  return fs::temp_directory_path() / fmt::format("wandrill-kernels-{}", ::geteuid());
}

}  // namespace

GuestFiles find_kernel(const KernelChoice& choice) {
  if (!choice.image && choice.modules)
    throw ConfigError{{{{.file = "--modules"}, "goes with --kernel FILE"}}};
  if (!choice.image) return find_guest_files(guest_folder());
  const OwnKernel kernel{.image = *choice.image, .modules = choice.modules};
  return prepare_kernel(kernel, scripts_of_vm(), cache_folder());
}

int set_up_vm(const std::string& folder) {
  const auto script = scripts_of_vm() + "/unpack_guest";
  const auto target = folder.empty() ? folder_for_a_guest() : fs::absolute(folder).native();
  const pid_t child = check(::fork(), "start {}", script);
  if (child == 0) {
    close_all_on_exec();
    ::execlp("sh", "sh", script.c_str(), target.c_str(), nullptr);
    ::_exit(kExitMachine);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return kExitMachine;
  fmt::print("'wandrill run --vm' finds it {}.\n",
             target == guest_folder() ? "there" : "with WANDRILL_GUEST=" + target);
  return kExitOk;
}

}  // namespace wandrill
