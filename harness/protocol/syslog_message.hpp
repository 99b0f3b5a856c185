// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace wandrill {

/// What a syslog datagram says (RFC 5424, or RFC 3164 as most routers still send it).
struct SyslogMessage {
  int severity = 5;  ///< 0 emergency … 7 debug; 5 (notice) where none is given.
  std::string text;  ///< Without priority, time stamp and header as far as they can be told apart.
};

/// Whatever it is, something comes of it: a router's alert must not be lost for its form. Bytes
/// that are no text become '?'; at most 1024 characters.
SyslogMessage decode_syslog(std::span<const std::uint8_t> datagram);

/// A message of RFC 5424 6, without a time stamp. `severity` 0…7, facility 3 (system daemons).
std::string encode_syslog(int severity, const std::string& host, const std::string& program,
                          const std::string& text);

}  // namespace wandrill
