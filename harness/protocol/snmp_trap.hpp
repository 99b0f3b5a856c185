// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wandrill {

/// What an SNMP trap says: SNMPv1 (RFC 1157 4.1.6), or SNMPv2c's trap and inform (RFC 3416 4.2.6,
/// 4.2.7).
struct SnmpTrap {
  struct Variable {
    std::string name;   ///< "ifDescr.2", or its OID where nothing is known of it.
    std::string value;  ///< As text; octets that are no text as "0x0a0b".
  };
  std::string name;                 ///< "linkDown", or the OID; of SNMPv1 by RFC 3584 3.1.
  std::vector<Variable> variables;  ///< Without sysUpTime and snmpTrapOID.
};

/// Nothing for what is no trap, is cut short, or is SNMPv3.
std::optional<SnmpTrap> decode_snmp_trap(std::span<const std::uint8_t> datagram);

/// "linkDown ifIndex.2=2 ifDescr.2=wan_a"; at most 1024 characters, none that is not printable.
std::string to_string(const SnmpTrap& trap);

/// An SNMPv2c trap of community "public" that says one text. `trap` and `variable` are OIDs in
/// dots.
std::vector<std::uint8_t> encode_snmp_trap(const std::string& trap, const std::string& variable,
                                           const std::string& text, std::uint32_t request);

}  // namespace wandrill
