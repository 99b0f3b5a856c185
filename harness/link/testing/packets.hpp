// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "base/ip_address.hpp"

namespace wandrill::testing {

/// A frame with an IP packet in it, field by field; checksums are none.
struct Packet {
  Family family = Family::kIpv4;
  std::uint8_t protocol = 17;
  std::uint8_t dscp = 0;
  std::uint8_t ecn = 0;
  std::uint16_t source = 40000;
  std::uint16_t destination = 9;
  std::size_t size = 0;                    ///< Of the IP packet; 0: the headers and 12 bytes.
  std::size_t options = 0;                 ///< Bytes of IPv4 options, a multiple of 4.
  std::vector<std::uint8_t> extensions{};  ///< Of IPv6, in order.
  std::uint16_t fragment_offset = 0;       ///< In bytes; for IPv6 in its fragment header.
  std::vector<std::uint16_t> tags{};       ///< EtherTypes of VLAN tags.
  std::size_t padding = 0;

  [[nodiscard]] std::size_t offset_of_ip() const { return 14 + 4 * tags.size(); }
  [[nodiscard]] std::size_t offset_of_ports() const {
    return offset_of_ip() + (family == Family::kIpv4 ? 20 + options : 40 + 8 * extensions.size());
  }
  [[nodiscard]] std::vector<std::uint8_t> frame() const {
    const std::size_t end = size > 0 ? offset_of_ip() + size : offset_of_ports() + 12;
    std::vector<std::uint8_t> bytes(end + padding);
    std::size_t type = 12;
    for (const auto tag : tags) {
      put(bytes, type, tag);
      type += 4;
    }
    put(bytes, type, family == Family::kIpv4 ? 0x0800 : 0x86dd);
    family == Family::kIpv4 ? write_ipv4(bytes, end) : write_ipv6(bytes, end);
    put(bytes, offset_of_ports(), source);
    put(bytes, offset_of_ports() + 2, destination);
    return bytes;
  }

 private:
  static void put(std::vector<std::uint8_t>& bytes, std::size_t offset, std::size_t value) {
    bytes[offset] = static_cast<std::uint8_t>(value >> 8U);
    bytes[offset + 1] = static_cast<std::uint8_t>(value);
  }
  void write_ipv4(std::vector<std::uint8_t>& bytes, std::size_t end) const {
    const auto ip = offset_of_ip();
    bytes[ip] = static_cast<std::uint8_t>(0x45 + options / 4);
    bytes[ip + 1] = static_cast<std::uint8_t>(dscp << 2U | ecn);
    put(bytes, ip + 2, end - ip);
    put(bytes, ip + 6, fragment_offset / 8U);
    bytes[ip + 8] = 64;
    bytes[ip + 9] = protocol;
  }
  void write_ipv6(std::vector<std::uint8_t>& bytes, std::size_t end) const {
    const auto ip = offset_of_ip();
    put(bytes, ip, 0x6000U | static_cast<unsigned>(dscp) << 6U | static_cast<unsigned>(ecn) << 4U);
    put(bytes, ip + 4, end - ip - 40);
    std::size_t next = ip + 6;
    for (std::size_t i = 0; i < extensions.size(); ++i) {
      bytes[next] = extensions[i];
      next = ip + 40 + 8 * i;
      if (extensions[i] == 44) put(bytes, next + 2, fragment_offset);
    }
    bytes[next] = protocol;
  }
};

}  // namespace wandrill::testing
