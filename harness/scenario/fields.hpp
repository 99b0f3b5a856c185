// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ip_address.hpp"
#include "base/units.hpp"
#include "scenario/placed.hpp"
#include "scenario/yaml_tree.hpp"

namespace wandrill {

/// Reads the values of a section that check_section() has been over: what is absent or a mistake
/// reads as nothing.
class Fields {
 public:
  explicit Fields(const YamlNode& node) : node_{node} {}

  [[nodiscard]] std::optional<Placed<std::string>> text(std::string_view key) const;
  [[nodiscard]] std::optional<Placed<bool>> yes_no(std::string_view key) const;
  [[nodiscard]] std::optional<Placed<Nanos>> duration(std::string_view key) const;
  [[nodiscard]] std::optional<Placed<BitsPerSecond>> rate(std::string_view key) const;
  [[nodiscard]] std::optional<Placed<Bytes>> size(std::string_view key) const;
  [[nodiscard]] std::optional<Placed<Percent>> percent(std::string_view key) const;
  [[nodiscard]] std::optional<Placed<std::uint64_t>> count(std::string_view key) const;
  /// One text reads as a list of one.
  [[nodiscard]] std::vector<Placed<std::string>> texts(std::string_view key) const;
  [[nodiscard]] std::vector<Placed<IpAddress>> addresses(std::string_view key) const;
  [[nodiscard]] std::vector<Placed<IpPrefix>> prefixes(std::string_view key) const;
  /// A map of texts, in the order of the file.
  [[nodiscard]] std::vector<std::pair<Placed<std::string>, Placed<std::string>>> map(
      std::string_view key) const;
  /// A section within; null if absent or no map.
  [[nodiscard]] const YamlNode* section(std::string_view key) const;
  /// The sections of a list; empty if absent.
  [[nodiscard]] std::vector<const YamlNode*> sections(std::string_view key) const;
  /// The named sections or lists of a map; empty if absent.
  [[nodiscard]] std::vector<const YamlEntry*> entries(std::string_view key) const;

 private:
  const YamlNode& node_;
};

/// The texts of a list, or of one text.
std::vector<Placed<std::string>> texts_of(const YamlNode& node);

}  // namespace wandrill
