// SPDX-License-Identifier: Apache-2.0
#include "cli/cell_end.hpp"

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json_line.hpp"
#include "base/json_text.hpp"

namespace wandrill {
namespace {

constexpr const char* kFile = "end.json";

}  // namespace

void keep_cell_end(const std::filesystem::path& folder, const CellEnd& end) {
  if (!end.interrupted && end.error.empty()) return;
  write_file(folder / kFile, json_line({{"interrupted", end.interrupted}, {"error", end.error}}));
}

CellEnd read_cell_end(const std::filesystem::path& folder) {
  const auto file = folder / kFile;
  if (!std::filesystem::exists(file)) return {};
  const auto end = read_json(file);
  if (end.is_object() && end.value("interrupted", Json{}).is_boolean() &&
      end.value("error", Json{}).is_string())
    return {.interrupted = end.at("interrupted"), .error = end.at("error")};
  throw MachineError{file.native() + ": is damaged: it does not say how the run ended"};
}

}  // namespace wandrill
