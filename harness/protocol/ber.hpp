// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace wandrill {

/// A value with its tag (ITU-T X.690, as far as SNMP uses it: RFC 3417 8).
struct BerValue {
  std::uint8_t tag = 0;
  std::span<const std::uint8_t> content;
};

inline constexpr std::uint8_t kBerInteger = 0x02;
inline constexpr std::uint8_t kBerOctets = 0x04;
inline constexpr std::uint8_t kBerOid = 0x06;
inline constexpr std::uint8_t kBerSequence = 0x30;

/// Takes the first value off `rest`; nothing, and `rest` as it was, for one that is cut short, or
/// has a length of another form than SNMP's.
std::optional<BerValue> take_ber(std::span<const std::uint8_t>& rest);
/// As take_ber, for a value of this tag and no other.
std::optional<std::span<const std::uint8_t>> take_ber(std::span<const std::uint8_t>& rest,
                                                      std::uint8_t tag);
/// At most 8 bytes, signed; nothing for another length.
std::optional<std::int64_t> ber_integer(std::span<const std::uint8_t> content);
/// "1.3.6.1"; nothing for one that is cut short, or has a number beyond 32 bits (RFC 3417 8).
std::optional<std::string> ber_oid(std::span<const std::uint8_t> content);

}  // namespace wandrill
