// SPDX-License-Identifier: Apache-2.0
#include "base/scratch_folder.hpp"

#include <cstdlib>
#include <string>

#include "base/error.hpp"

namespace wandrill {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(std::string_view name) {
  std::error_code no_folder;
  auto base = fs::temp_directory_path(no_folder);
  if (no_folder) base = "/tmp";
  auto pattern = (fs::absolute(base) / name).native() + "-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) check(-1, "make a folder in {}", base.native());
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace wandrill
