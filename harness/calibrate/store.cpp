// SPDX-License-Identifier: Apache-2.0
#include "calibrate/store.hpp"

#include <algorithm>
#include <cstdlib>

#include <sys/utsname.h>

#include "base/error.hpp"
#include "base/files.hpp"

namespace wandrill {

namespace fs = std::filesystem;

fs::path calibration_file() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  const bool has_state = state != nullptr && *state == '/';
  if (!has_state && (home == nullptr || *home != '/')) return {};
  const auto folder = has_state ? fs::path{state} : fs::path{home} / ".local/state";
  return folder / "wandrill" / "calibration.json";
}

std::string machine_name() {
  utsname name{};
  ::uname(&name);
  return name.nodename;
}

std::vector<Calibration> read_calibrations(const fs::path& file) {
  std::vector<Calibration> kept;
  try {
    const auto document = Json::parse(read_file(file), nullptr, false);
    if (!document.is_object() || !document.contains("calibrations")) return {};
    for (const auto& one : document.at("calibrations"))
      kept.push_back(calibration_from(one));
  } catch (const std::exception&) {
    return {};
  }
  std::ranges::sort(kept, std::ranges::greater{}, &Calibration::taken);
  return kept;
}

void keep_calibration(const fs::path& file, const Calibration& calibration) {
  auto kept = read_calibrations(file);
  std::erase_if(kept, [&](const Calibration& one) { return one.key == calibration.key; });
  Json document{{"schema", 1}, {"calibrations", Json::array({to_document(calibration)})}};
  for (const auto& one : kept)
    document["calibrations"].push_back(to_document(one));
  fs::create_directories(file.parent_path());
  write_file(file, document.dump(2) + "\n");
}

const Calibration* find_calibration(const std::vector<Calibration>& kept,
                                    const CalibrationKey& key) {
  const auto found = std::ranges::find_if(kept, [&](const Calibration& one) {
    auto wanted = key;
    if (wanted.engine.empty()) wanted.engine = one.key.engine;
    return one.key == wanted;
  });
  return found == kept.end() ? nullptr : &*found;
}

}  // namespace wandrill
