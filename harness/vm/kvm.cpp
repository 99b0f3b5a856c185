// SPDX-License-Identifier: Apache-2.0
#include "vm/kvm.hpp"

#include <cstdlib>

#include <unistd.h>

#include "base/files.hpp"

namespace wandrill {

namespace fs = std::filesystem;

fs::path kvm_refusal_note(const GuestFiles& files) {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (cache == nullptr && home == nullptr) return {};
  const auto folder = cache != nullptr ? fs::path{cache} : fs::path{home} / ".cache";
  return folder / "wandrill" / ("kvm-cannot-run-" + files.release);
}

bool may_use_kvm(const fs::path& note) {
  std::error_code unreadable;
  return ::access("/dev/kvm", R_OK | W_OK) == 0 && (note.empty() || !fs::exists(note, unreadable));
}

void remember_kvm_refusal(const fs::path& note) {
  if (note.empty()) return;
  std::error_code failed;
  fs::create_directories(note.parent_path(), failed);
  if (failed || ::access(note.parent_path().c_str(), W_OK) != 0) return;
  write_file(
      note,
      "/dev/kvm is there, but the guest did not boot with it. Remove this file to try again.\n");
}

}  // namespace wandrill
