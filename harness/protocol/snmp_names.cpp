// SPDX-License-Identifier: Apache-2.0
#include "protocol/snmp_names.hpp"

#include <array>
#include <utility>

namespace wandrill {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kNames{{
    {"1.3.6.1.2.1.1.1", "sysDescr"},
    {"1.3.6.1.2.1.1.3", "sysUpTime"},
    {"1.3.6.1.2.1.1.5", "sysName"},
    {"1.3.6.1.2.1.1.6", "sysLocation"},
    {"1.3.6.1.2.1.2.2.1.1", "ifIndex"},
    {"1.3.6.1.2.1.2.2.1.2", "ifDescr"},
    {"1.3.6.1.2.1.2.2.1.3", "ifType"},
    {"1.3.6.1.2.1.2.2.1.7", "ifAdminStatus"},
    {"1.3.6.1.2.1.2.2.1.8", "ifOperStatus"},
    {"1.3.6.1.2.1.31.1.1.1.1", "ifName"},
    {"1.3.6.1.2.1.31.1.1.1.18", "ifAlias"},
    {"1.3.6.1.6.3.1.1.4.1", "snmpTrapOID"},
    {"1.3.6.1.6.3.1.1.4.3", "snmpTrapEnterprise"},
    {"1.3.6.1.6.3.1.1.5.1", "coldStart"},
    {"1.3.6.1.6.3.1.1.5.2", "warmStart"},
    {"1.3.6.1.6.3.1.1.5.3", "linkDown"},
    {"1.3.6.1.6.3.1.1.5.4", "linkUp"},
    {"1.3.6.1.6.3.1.1.5.5", "authenticationFailure"},
    {"1.3.6.1.6.3.1.1.5.6", "egpNeighborLoss"},
    {"1.3.6.1.6.3.18.1.3", "snmpTrapAddress"},
    {"1.3.6.1.6.3.18.1.4", "snmpTrapCommunity"},
}};

}  // namespace

std::string snmp_name(std::string_view oid) {
  for (const auto& [prefix, name] : kNames)
    if (oid.starts_with(prefix) && (oid.size() == prefix.size() || oid[prefix.size()] == '.'))
      return std::string{name} + std::string{oid.substr(prefix.size())};
  return std::string{oid};
}

}  // namespace wandrill
