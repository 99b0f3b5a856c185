// SPDX-License-Identifier: Apache-2.0
#include "lab/programs.hpp"

#include <cstdlib>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace wandrill {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> program_folders() {
  std::vector<std::string> folders;
  const char* path = std::getenv("PATH");
  std::string rest{path == nullptr ? "" : path};
  while (!rest.empty()) {
    const auto end = rest.find(':');
    if (end != 0) folders.push_back(rest.substr(0, end));
    rest.erase(0, end == std::string::npos ? end : end + 1);
  }
  for (const char* folder : {"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin",
                             "/bin", "/usr/lib/frr", "/usr/lib/ipsec", "/usr/libexec/ipsec"})
    folders.emplace_back(folder);
  return folders;
}

}  // namespace

fs::path program_folder() {
  static const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
  return folder;
}

std::string resolve_program(const std::string& name) {
  return name.starts_with("wandrill-") ? (program_folder() / name).native() : name;
}

fs::path find_program(const std::string& name) {
  for (const auto& folder : program_folders()) {
    auto path = fs::path{folder} / name;
    std::error_code unreadable;
    if (fs::is_regular_file(path, unreadable) && ::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

std::string search_path() {
  const char* path = std::getenv("PATH");
  const std::string ours = path != nullptr ? path : "/usr/sbin:/usr/bin:/sbin:/bin";
  return ours + ":" + program_folder().native();
}

}  // namespace wandrill
