// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace wandrill {

inline constexpr std::string_view kSysUpTimeOid = "1.3.6.1.2.1.1.3.0";
inline constexpr std::string_view kTrapOid = "1.3.6.1.6.3.1.1.4.1.0";

/// The name of an OID that routers' traps use (RFC 3418, RFC 2863), with what follows it:
/// "ifDescr.2"; the OID itself where none is known.
std::string snmp_name(std::string_view oid);

}  // namespace wandrill
