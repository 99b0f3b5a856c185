// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include <linux/netlink.h>

namespace wandrill {

/// One netlink message being written: a header, a fixed part and attributes (netlink(7),
/// rtnetlink(7)).
class NetlinkMessage {
 public:
  NetlinkMessage(std::uint16_t type, std::uint16_t flags);

  /// Appends the family's fixed part (ifinfomsg, rtmsg, …).
  template <typename Fixed>
  NetlinkMessage& fixed(const Fixed& part) {
    static_assert(std::is_trivially_copyable_v<Fixed>);
    append(&part, sizeof part);
    return *this;
  }
  NetlinkMessage& attribute(std::uint16_t type, const void* data, std::size_t size);
  template <typename Value>
  requires std::is_arithmetic_v<Value> || std::is_class_v<Value> NetlinkMessage& attribute(
      std::uint16_t type, const Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    return attribute(type, &value, sizeof value);
  }
  /// With its terminating NUL.
  NetlinkMessage& text(std::uint16_t type, std::string_view value);
  /// Opens an attribute that holds others; `fill` writes them.
  template <typename Fill>
  NetlinkMessage& nest(std::uint16_t type, Fill&& fill) {
    const std::size_t start = open_nest(type);
    fill(*this);
    close_nest(start);
    return *this;
  }

  /// The finished message, its length set.
  [[nodiscard]] std::span<const std::uint8_t> bytes();
  void set_sequence(std::uint32_t sequence);

 private:
  void append(const void* data, std::size_t size);
  std::size_t open_nest(std::uint16_t type);
  void close_nest(std::size_t start);

  std::vector<std::uint8_t> bytes_;
};

/// A received message: its fixed part and attributes, bounds checked.
class NetlinkView {
 public:
  /// `body`: behind the header.
  NetlinkView(std::uint16_t type, std::span<const std::uint8_t> body) : type_{type}, body_{body} {}

  [[nodiscard]] std::uint16_t type() const noexcept { return type_; }
  /// The fixed part; nothing when the message is too short for it.
  template <typename Fixed>
  [[nodiscard]] std::optional<Fixed> fixed() const {
    if (body_.size() < sizeof(Fixed)) return std::nullopt;
    Fixed part;
    std::memcpy(&part, body_.data(), sizeof part);
    return part;
  }
  /// All attributes behind a fixed part of `fixed_size` bytes.
  [[nodiscard]] std::span<const std::uint8_t> attributes(std::size_t fixed_size) const;
  /// The payload of the first attribute of this type behind a fixed part of `fixed_size` bytes.
  [[nodiscard]] std::optional<std::span<const std::uint8_t>> find(std::size_t fixed_size,
                                                                  std::uint16_t type) const;
  template <typename Value>
  [[nodiscard]] std::optional<Value> value(std::size_t fixed_size, std::uint16_t type) const {
    const auto payload = find(fixed_size, type);
    if (!payload || payload->size() < sizeof(Value)) return std::nullopt;
    Value result;
    std::memcpy(&result, payload->data(), sizeof result);
    return result;
  }
  [[nodiscard]] std::string_view text(std::size_t fixed_size, std::uint16_t type) const;

 private:
  std::uint16_t type_;
  std::span<const std::uint8_t> body_;
};

/// Shows every whole message of a received datagram to `each`(header, body behind the header).
template <typename Each>
void for_each_message(std::span<const std::uint8_t> datagram, Each&& each) {
  while (datagram.size() >= sizeof(nlmsghdr)) {
    nlmsghdr header{};
    std::memcpy(&header, datagram.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > datagram.size()) return;
    each(header, datagram.subspan(sizeof header, header.nlmsg_len - sizeof header));
    const std::size_t padded = NLMSG_ALIGN(std::size_t{header.nlmsg_len});
    datagram = datagram.subspan(padded < datagram.size() ? padded : datagram.size());
  }
}

/// The payload of the first attribute of `type` in a run of attributes (for nested ones).
std::optional<std::span<const std::uint8_t>> find_attribute(
    std::span<const std::uint8_t> attributes, std::uint16_t type);

}  // namespace wandrill
