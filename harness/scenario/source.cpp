// SPDX-License-Identifier: Apache-2.0
#include "scenario/source.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/names.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {
namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, std::string message) {
  throw ConfigError{{Mistake{.where = {.file = path}, .message = std::move(message)}}};
}

std::string missing_file_hint(const fs::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  std::error_code error;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{folder, error})
    names.push_back(entry.path().filename().string());
  if (error) return fmt::format(" (there is no folder {})", folder.string());
  std::ranges::sort(names);
  const auto near = nearest_name(path.filename().string(), names);
  return near ? fmt::format(" (did you mean '{}'?)", *near) : "";
}

struct Sequence {
  std::size_t length = 0;
  std::uint32_t smallest = 0;  ///< Of the code points this length may encode.
};

std::optional<Sequence> sequence_of(unsigned char lead) {
  if (lead < 0x80) return Sequence{1, 0};
  if (lead >= 0xC2 && lead <= 0xDF) return Sequence{2, 0x80};
  if (lead >= 0xE0 && lead <= 0xEF) return Sequence{3, 0x800};
  if (lead >= 0xF0 && lead <= 0xF4) return Sequence{4, 0x10000};
  return std::nullopt;
}

/// The length of the valid UTF-8 sequence (RFC 3629) at the start of `text`; 0 if there is none.
std::size_t valid_sequence(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const auto sequence = sequence_of(lead);
  if (!sequence || sequence->length > text.size()) return 0;
  if (sequence->length == 1) return lead == 0 ? 0 : 1;
  std::uint32_t point = lead & (0x7Fu >> sequence->length);
  for (const char next : text.substr(1, sequence->length - 1)) {
    if ((static_cast<unsigned char>(next) & 0xC0) != 0x80) return 0;
    point = point << 6 | (static_cast<unsigned char>(next) & 0x3F);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point < sequence->smallest || point > 0x10FFFF || surrogate ? 0 : sequence->length;
}

void refuse_binary(const std::string& path, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto length = valid_sequence(text.substr(i));
    if (length == 0)
      refuse(path, fmt::format("this is no text file: byte {} is {:#04x}{}", i + 1,
                               static_cast<unsigned char>(text[i]),
                               text[i] == 0 ? "" : ", which is not UTF-8"));
    i += length;
  }
}

}  // namespace

Source source_of(std::string name, std::string bytes) {
  refuse_binary(name, bytes);
  return {std::move(name), std::move(bytes)};
}

Source read_source(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) refuse(path, "there is no such file" + missing_file_hint(path));
  if (fs::is_directory(status)) refuse(path, "this is a folder; a YAML file is needed");
  if (!fs::is_regular_file(status)) refuse(path, "this is no ordinary file");
  const Bytes size{fs::file_size(path)};
  if (size > defaults::kLongestFile)
    refuse(path, fmt::format("the file is {} bytes long; at most {} bytes are read", size.value,
                             defaults::kLongestFile.value));
  try {
    return source_of(path, read_file(path));
  } catch (const std::system_error& failure) {
    refuse(path, fmt::format("cannot be read: {}", failure.code().message()));
  }
}

}  // namespace wandrill
