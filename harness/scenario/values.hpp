// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace wandrill {

/// A whole number from 0, digits only.
std::optional<std::uint64_t> parse_count(std::string_view text);
/// "yes" and "no", and YAML's "true" and "false", "on" and "off".
std::optional<bool> parse_yes_no(std::string_view text);
/// A decimal number without a unit.
std::optional<double> parse_number(std::string_view text);

}  // namespace wandrill
