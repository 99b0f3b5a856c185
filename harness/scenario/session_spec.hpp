// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "scenario/kinds/session_key.hpp"
#include "scenario/placed.hpp"
#include "scenario/yaml_tree.hpp"

namespace wandrill {

/// One entry of `traffic`, as written: what sessions of many kinds share. What only some kinds have
/// is read with get().
struct SessionSpec {
  Placed<std::string> name;
  std::vector<Placed<std::string>> keys;  ///< All that were written.
  Placed<std::string> kind;
  Placed<std::string> from;
  Placed<std::string> to;
  std::vector<Placed<std::string>> all_from;  ///< Of kind forbidden: from each of these …
  std::vector<Placed<std::string>> all_to;    ///< … to each of these.
  std::optional<Placed<std::string>> family;
  std::optional<Placed<std::string>> through;
  std::optional<Placed<std::string>> transport;
  std::optional<Placed<Nanos>> interval;
  std::optional<Placed<Bytes>> payload;
  std::optional<Placed<std::uint64_t>> dscp;
  std::optional<Placed<Nanos>> late_after;
  YamlNode values;  ///< The whole entry.

  [[nodiscard]] std::optional<Placed<std::string>> get(const SessionKey<std::string>& key) const;
  [[nodiscard]] std::optional<Placed<Nanos>> get(const SessionKey<Nanos>& key) const;
  [[nodiscard]] std::optional<Placed<std::uint64_t>> get(
      const SessionKey<std::uint64_t>& key) const;
  [[nodiscard]] std::optional<Placed<BitsPerSecond>> get(
      const SessionKey<BitsPerSecond>& key) const;
  [[nodiscard]] std::optional<Placed<Bytes>> get(const SessionKey<Bytes>& key) const;
  /// Empty: it was not written.
  [[nodiscard]] std::vector<Placed<std::string>> get(
      const SessionKey<std::vector<std::string>>& key) const;
  [[nodiscard]] std::vector<PlacedPair> get(
      const SessionKey<std::map<std::string, std::string>>& key) const;
};

}  // namespace wandrill
