// SPDX-License-Identifier: Apache-2.0
#include "cli/run_folder.hpp"

#include <ctime>

#include <fmt/chrono.h>

namespace wandrill {

namespace fs = std::filesystem;

fs::path create_run_folder(const fs::path& base, const std::string& scenario) {
  fs::create_directories(base);
  const std::string stem =
      fmt::format("{:%Y%m%dT%H%M%SZ}-{}", fmt::gmtime(std::time(nullptr)), scenario);
  for (int copy = 1;; ++copy) {
    const auto folder = fs::absolute(base) / (copy == 1 ? stem : fmt::format("{}-{}", stem, copy));
    if (fs::create_directory(folder)) return folder;
  }
}

}  // namespace wandrill
