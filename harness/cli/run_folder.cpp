// SPDX-License-Identifier: Apache-2.0
#include "cli/run_folder.hpp"

#include <ctime>

#include <fmt/chrono.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json_text.hpp"
#include "base/process_state.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

fs::path create_in(const fs::path& base, const std::string& scenario) {
  fs::create_directories(base);
  const std::string stem =
      fmt::format("{:%Y%m%dT%H%M%SZ}-{}", fmt::gmtime(std::time(nullptr)), scenario);
  for (int copy = 1;; ++copy) {
    const auto folder = fs::absolute(base) / (copy == 1 ? stem : fmt::format("{}-{}", stem, copy));
    if (fs::create_directory(folder)) return folder;
  }
}

}  // namespace

fs::path create_run_folder(const fs::path& base, const std::string& scenario) {
  try {
    return create_in(base, scenario);
  } catch (const fs::filesystem_error& error) {
    throw MachineError{fmt::format("make a run folder in '{}': {}; --out names another place",
                                   base.native(), error.code().message())};
  }
}

bool is_going_on(const fs::path& run_folder) {
  const auto file = run_folder / "cell.json";
  if (!fs::exists(file)) return false;
  const auto entrance = parse_json(read_file(file)).value_or(nullptr);
  const auto pid = entrance.is_object() ? entrance.value("pid", Json{}) : Json{};
  return pid.is_number_unsigned() && pid > 0 && is_alive(pid.get<pid_t>());
}

}  // namespace wandrill
