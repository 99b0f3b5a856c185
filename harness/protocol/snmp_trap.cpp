// SPDX-License-Identifier: Apache-2.0
#include "protocol/snmp_trap.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/ip_address.hpp"
#include "protocol/ber.hpp"
#include "protocol/snmp_names.hpp"

namespace wandrill {
namespace {

using Octets = std::span<const std::uint8_t>;

constexpr std::uint8_t kIpAddress = 0x40;
constexpr std::uint8_t kFirstUnsigned = 0x41;  // Counter32, Gauge32, TimeTicks …
constexpr std::uint8_t kTimeTicks = 0x43;
constexpr std::uint8_t kCounter64 = 0x46;
constexpr std::uint8_t kTrapV1 = 0xa4;
constexpr std::uint8_t kInform = 0xa6;
constexpr std::uint8_t kTrapV2 = 0xa7;

constexpr std::int64_t kVersion1 = 0;
constexpr std::int64_t kVersion2c = 1;
constexpr std::int64_t kEnterpriseSpecific = 6;
constexpr std::size_t kMostVariables = 64;
constexpr std::size_t kMostTold = 1024;

std::string octets_text(Octets octets) {
  while (!octets.empty() && octets.back() == 0)
    octets = octets.first(octets.size() - 1);
  const auto is_text = [](std::uint8_t octet) { return octet >= 0x20 && octet < 0x7f; };
  if (std::ranges::all_of(octets, is_text)) return {octets.begin(), octets.end()};
  std::string text = "0x";
  for (const auto octet : octets)
    text += fmt::format("{:02x}", octet);
  return text;
}

/// A counter or the like; some have a zero before their 8 bytes, some none where one is due.
std::string unsigned_text(Octets octets) {
  if (octets.size() == sizeof(std::uint64_t) + 1 && octets.front() == 0) octets = octets.subspan(1);
  if (octets.empty() || octets.size() > sizeof(std::uint64_t)) return "?";
  std::uint64_t number = 0;
  for (const auto octet : octets)
    number = number << 8 | octet;
  return std::to_string(number);
}

std::string value_text(const BerValue& value) {
  if (value.tag == kBerOctets) return octets_text(value.content);
  if (value.tag == kBerOid) return snmp_name(ber_oid(value.content).value_or("?"));
  if (value.tag == kIpAddress && value.content.size() == 4)
    return to_string(IpAddress{Family::kIpv4, value.content.data()});
  if (value.tag >= kFirstUnsigned && value.tag <= kCounter64) return unsigned_text(value.content);
  const auto number = value.tag == kBerInteger ? ber_integer(value.content) : std::nullopt;
  return number ? std::to_string(*number) : "?";
}

/// The variables, and of SNMPv2c the trap's name, which is one of them.
bool read_variables(Octets rest, SnmpTrap& trap) {
  while (!rest.empty()) {
    auto pair = take_ber(rest, kBerSequence);
    if (!pair || trap.variables.size() == kMostVariables) return false;
    const auto oid_octets = take_ber(*pair, kBerOid);
    const auto value = take_ber(*pair);
    if (!oid_octets || !value) return false;
    const auto oid = ber_oid(*oid_octets);
    if (!oid) return false;
    if (*oid == kTrapOid)
      trap.name = value_text(*value);
    else if (*oid != kSysUpTimeOid)
      trap.variables.push_back({snmp_name(*oid), value_text(*value)});
  }
  return true;
}

std::optional<std::int64_t> take_integer(Octets& rest) {
  const auto content = take_ber(rest, kBerInteger);
  return content ? ber_integer(*content) : std::nullopt;
}

std::optional<SnmpTrap> read_v1(Octets pdu) {
  const auto enterprise = take_ber(pdu, kBerOid);
  const auto agent = take_ber(pdu, kIpAddress);
  const auto generic = take_integer(pdu);
  const auto specific = take_integer(pdu);
  const auto since = take_ber(pdu, kTimeTicks);
  const auto variables = take_ber(pdu, kBerSequence);
  if (!enterprise || !agent || !generic || !specific || !since || !variables) return std::nullopt;
  SnmpTrap trap;
  const auto oid = ber_oid(*enterprise);
  if (!oid || !read_variables(*variables, trap)) return std::nullopt;
  // RFC 3584 3.1: the generic traps have OIDs of their own.
  trap.name = *generic >= 0 && *generic < kEnterpriseSpecific
                  ? snmp_name(fmt::format("1.3.6.1.6.3.1.1.5.{}", *generic + 1))
                  : fmt::format("{}.0.{}", *oid, *specific);
  return trap;
}

std::optional<SnmpTrap> read_v2(Octets pdu) {
  const auto request = take_integer(pdu);
  const auto status = take_integer(pdu);
  const auto index = take_integer(pdu);
  const auto variables = take_ber(pdu, kBerSequence);
  if (!request || !status || !index || !variables) return std::nullopt;
  SnmpTrap trap;
  if (!read_variables(*variables, trap) || trap.name.empty()) return std::nullopt;
  return trap;
}

using Made = std::vector<std::uint8_t>;

Made value_of(std::uint8_t tag, const Made& content) {
  Made made;
  made.reserve(content.size() + 4);
  made.push_back(tag);
  if (content.size() >= 0x80) {
    made.push_back(0x82);
    made.push_back(static_cast<std::uint8_t>(content.size() >> 8));
  }
  made.push_back(static_cast<std::uint8_t>(content.size()));
  made.insert(made.end(), content.begin(), content.end());
  return made;
}

Made joined(std::initializer_list<Made> parts) {
  Made all;
  for (const auto& part : parts)
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

Made number_of(std::uint8_t tag, std::uint32_t number) {
  // A zero before it keeps it from being negative.
  Made content{0};
  for (int shift = 24; shift >= 0; shift -= 8)
    content.push_back(static_cast<std::uint8_t>(number >> shift));
  while (content.size() > 1 && content[0] == 0 && (content[1] & 0x80) == 0)
    content.erase(content.begin());
  return value_of(tag, content);
}

Made oid_of(std::string_view dotted) {
  std::vector<std::uint32_t> numbers;
  for (const char* at = dotted.data(); at < dotted.data() + dotted.size(); ++at) {
    std::uint32_t number = 0;
    at = std::from_chars(at, dotted.data() + dotted.size(), number).ptr;
    numbers.push_back(number);
  }
  Made content{static_cast<std::uint8_t>(numbers.at(0) * 40 + numbers.at(1))};
  for (std::size_t i = 2; i < numbers.size(); ++i) {
    Made octets{static_cast<std::uint8_t>(numbers[i] & 0x7f)};
    for (auto more = numbers[i] >> 7; more > 0; more >>= 7)
      octets.insert(octets.begin(), static_cast<std::uint8_t>(0x80 | (more & 0x7f)));
    content.insert(content.end(), octets.begin(), octets.end());
  }
  return value_of(kBerOid, content);
}

Made variable_of(std::string_view oid, const Made& value) {
  return value_of(kBerSequence, joined({oid_of(oid), value}));
}

}  // namespace

std::optional<SnmpTrap> decode_snmp_trap(std::span<const std::uint8_t> datagram) {
  auto message = take_ber(datagram, kBerSequence);
  if (!message) return std::nullopt;
  const auto version = take_integer(*message);
  const auto community = take_ber(*message, kBerOctets);
  const auto pdu = take_ber(*message);
  if (!version || !community || !pdu) return std::nullopt;
  if (*version == kVersion1 && pdu->tag == kTrapV1) return read_v1(pdu->content);
  if (*version == kVersion2c && (pdu->tag == kTrapV2 || pdu->tag == kInform))
    return read_v2(pdu->content);
  return std::nullopt;
}

std::string to_string(const SnmpTrap& trap) {
  std::string text = trap.name;
  for (const auto& [name, value] : trap.variables)
    text += fmt::format(" {}={}", name, value);
  if (text.size() > kMostTold) text.resize(kMostTold);
  return text;
}

std::vector<std::uint8_t> encode_snmp_trap(const std::string& trap, const std::string& variable,
                                           const std::string& text, std::uint32_t request) {
  constexpr std::size_t kMostSaid = 1000;  // it must fit into one packet
  const Made said{text.begin(),
                  text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), kMostSaid))};
  const auto variables =
      value_of(kBerSequence, joined({variable_of(kSysUpTimeOid, number_of(kTimeTicks, 0)),
                                     variable_of(kTrapOid, oid_of(trap)),
                                     variable_of(variable, value_of(kBerOctets, said))}));
  const auto pdu =
      value_of(kTrapV2, joined({number_of(kBerInteger, request), number_of(kBerInteger, 0),
                                number_of(kBerInteger, 0), variables}));
  const Made community{'p', 'u', 'b', 'l', 'i', 'c'};
  return value_of(kBerSequence, joined({number_of(kBerInteger, kVersion2c),
                                        value_of(kBerOctets, community), pdu}));
}

}  // namespace wandrill
