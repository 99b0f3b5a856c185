// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>

namespace wandrill {

enum class Family : std::uint8_t { kIpv4, kIpv6 };

std::string_view to_string(Family family);

/// An IPv4 or IPv6 address.
class IpAddress {
 public:
  /// 0.0.0.0
  IpAddress() = default;
  /// `bytes`: 4 (IPv4) or 16 (IPv6) in network order.
  IpAddress(Family family, const std::uint8_t* bytes);
  /// Numeric text only; nothing for anything else.
  static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] Family family() const noexcept { return family_; }
  /// 4 or 16 bytes in network order.
  [[nodiscard]] const std::uint8_t* data() const noexcept { return bytes_.data(); }
  [[nodiscard]] std::size_t size() const noexcept { return family_ == Family::kIpv4 ? 4 : 16; }

  friend auto operator<=>(const IpAddress&,
                          const IpAddress&) = default;  // NOLINT(modernize-use-nullptr): false

 private:
  Family family_ = Family::kIpv4;
  std::array<std::uint8_t, 16> bytes_{};
};

std::string to_string(const IpAddress& address);

/// An address with the length of its network's prefix: an interface's address or a route's
/// destination.
struct IpPrefix {
  IpAddress address;
  std::uint8_t length = 0;

  /// "192.168.1.1/24"; nothing for a missing, empty or too long length.
  static std::optional<IpPrefix> parse(std::string_view text);
  [[nodiscard]] bool contains(const IpAddress& other) const noexcept;

  friend auto operator<=>(const IpPrefix&, const IpPrefix&) = default;
};

std::string to_string(const IpPrefix& prefix);

/// A socket address for the kernel, with its length.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  SocketAddress() = default;
  SocketAddress(const IpAddress& address, std::uint16_t port);
  [[nodiscard]] const sockaddr* get() const noexcept {
    return reinterpret_cast<const sockaddr*>(&storage);
  }
  [[nodiscard]] sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
  /// The address within; 0.0.0.0 for another family.
  [[nodiscard]] IpAddress address() const;
  [[nodiscard]] std::uint16_t port() const;
};

}  // namespace wandrill
