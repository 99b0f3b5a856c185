// SPDX-License-Identifier: Apache-2.0
#include "cli/data_folder.hpp"

#include <cstdlib>
#include <filesystem>

#include <unistd.h>

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

namespace {

/// "" without a home.
std::string guest_of_user() {
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  if (data != nullptr && *data == '/') return std::string{data} + "/wandrill/guest";
  if (home != nullptr && *home == '/') return std::string{home} + "/.local/share/wandrill/guest";
  return "";
}

bool is_complete(const std::string& folder) {
  std::error_code unreadable;
  return !folder.empty() && fs::exists(folder + "/complete", unreadable);
}

}  // namespace

std::string guest_folder() {
  if (const char* chosen = std::getenv("WANDRILL_GUEST"); chosen != nullptr)
    return fs::absolute(chosen).native();
  const auto shared = data_folder() + "/guest";
  return !is_complete(shared) && is_complete(guest_of_user()) ? guest_of_user() : shared;
}

std::string folder_for_a_guest() {
  const auto found = guest_folder();
  if (std::getenv("WANDRILL_GUEST") != nullptr || is_complete(found)) return found;
  const bool is_ours = ::access(data_folder().c_str(), W_OK) == 0;
  return is_ours || guest_of_user().empty() ? found : guest_of_user();
}

std::string scripts_of_vm() {
  return data_folder() + "/harness/vm";
}

}  // namespace wandrill
