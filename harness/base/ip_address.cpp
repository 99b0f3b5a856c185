// SPDX-License-Identifier: Apache-2.0
#include "base/ip_address.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace wandrill {

std::string_view to_string(Family family) {
  return family == Family::kIpv4 ? "ipv4" : "ipv6";
}

IpAddress::IpAddress(Family family, const std::uint8_t* bytes) : family_{family} {
  std::copy_n(bytes, size(), bytes_.begin());
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string terminated{text};
  std::array<std::uint8_t, 16> bytes{};
  if (terminated.size() != std::strlen(terminated.c_str())) return std::nullopt;
  if (::inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1)
    return IpAddress{Family::kIpv4, bytes.data()};
  if (::inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1)
    return IpAddress{Family::kIpv6, bytes.data()};
  return std::nullopt;
}

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = address.family() == Family::kIpv4 ? AF_INET : AF_INET6;
  ::inet_ntop(family, address.data(), text.data(), text.size());
  return text.data();
}

std::optional<IpPrefix> IpPrefix::parse(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = IpAddress::parse(text.substr(0, slash));
  const auto digits = text.substr(slash + 1);
  std::uint8_t length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (!address || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (length > address->size() * 8) return std::nullopt;
  return IpPrefix{*address, length};
}

bool IpPrefix::contains(const IpAddress& other) const noexcept {
  if (other.family() != address.family()) return false;
  const std::size_t whole = length / 8U;
  if (!std::equal(address.data(), address.data() + whole, other.data())) return false;
  const unsigned rest = length % 8U;
  if (rest == 0) return true;
  const unsigned mask = 0xffU << (8U - rest);
  return ((address.data()[whole] ^ other.data()[whole]) & mask & 0xffU) == 0;
}

std::string to_string(const IpPrefix& prefix) {
  return fmt::format("{}/{}", to_string(prefix.address), prefix.length);
}

SocketAddress::SocketAddress(const IpAddress& address, std::uint16_t port) {
  if (address.family() == Family::kIpv4) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&v4.sin_addr, address.data(), address.size());
    length = sizeof(sockaddr_in);
  } else {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, address.data(), address.size());
    length = sizeof(sockaddr_in6);
  }
}

IpAddress SocketAddress::address() const {
  if (storage.ss_family == AF_INET) {
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in&>(storage).sin_addr, 4);
    return {Family::kIpv4, bytes.data()};
  }
  if (storage.ss_family == AF_INET6) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(storage).sin6_addr, 16);
    return {Family::kIpv6, bytes.data()};
  }
  return {};
}

std::uint16_t SocketAddress::port() const {
  if (storage.ss_family == AF_INET)
    return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port);
  if (storage.ss_family == AF_INET6)
    return ntohs(reinterpret_cast<const sockaddr_in6&>(storage).sin6_port);
  return 0;
}

}  // namespace wandrill
