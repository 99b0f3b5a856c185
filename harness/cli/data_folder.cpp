// SPDX-License-Identifier: Apache-2.0
#include "cli/data_folder.hpp"

#include <cstdlib>
#include <filesystem>

#include "lab/programs.hpp"

namespace wandrill {

namespace fs = std::filesystem;

std::string data_folder() {
  const auto bin = program_folder();
  // build/<preset>/bin stands three folders below the source tree.
  for (const auto& place : {bin / "../share/wandrill", bin / "../../.."})
    if (fs::is_directory(place / "topologies")) return fs::canonical(place).native();
  return "";
}

std::string guest_folder() {
  const char* chosen = std::getenv("WANDRILL_GUEST");
  return chosen != nullptr ? fs::absolute(chosen).native() : data_folder() + "/guest";
}

}  // namespace wandrill
