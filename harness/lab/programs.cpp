// SPDX-License-Identifier: Apache-2.0
#include "lab/programs.hpp"

namespace wandrill {

namespace fs = std::filesystem;

fs::path program_folder() {
  static const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
  return folder;
}

std::string resolve_program(const std::string& name) {
  return name.starts_with("wandrill-") ? (program_folder() / name).native() : name;
}

}  // namespace wandrill
