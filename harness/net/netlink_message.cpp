// SPDX-License-Identifier: Apache-2.0
#include "net/netlink_message.hpp"

#include <algorithm>
#include <cstddef>

namespace wandrill {
namespace {

constexpr std::size_t align(std::size_t size) {
  return (size + NLMSG_ALIGNTO - 1) & ~(std::size_t{NLMSG_ALIGNTO} - 1);
}

}  // namespace

NetlinkMessage::NetlinkMessage(std::uint16_t type, std::uint16_t flags) {
  nlmsghdr header{};
  header.nlmsg_type = type;
  header.nlmsg_flags = flags;
  append(&header, sizeof header);
}

void NetlinkMessage::append(const void* data, std::size_t size) {
  const auto* first = static_cast<const std::uint8_t*>(data);
  bytes_.insert(bytes_.end(), first, first + size);
  bytes_.resize(align(bytes_.size()));
}

NetlinkMessage& NetlinkMessage::attribute(std::uint16_t type, const void* data, std::size_t size) {
  const nlattr header{static_cast<std::uint16_t>(sizeof(nlattr) + size), type};
  append(&header, sizeof header);
  if (size > 0) append(data, size);
  return *this;
}

NetlinkMessage& NetlinkMessage::text(std::uint16_t type, std::string_view value) {
  std::vector<char> terminated(value.begin(), value.end());
  terminated.push_back('\0');
  return attribute(type, terminated.data(), terminated.size());
}

std::size_t NetlinkMessage::open_nest(std::uint16_t type) {
  const std::size_t start = bytes_.size();
  attribute(type, nullptr, 0);
  return start;
}

void NetlinkMessage::close_nest(std::size_t start) {
  const auto length = static_cast<std::uint16_t>(bytes_.size() - start);
  std::memcpy(bytes_.data() + start + offsetof(nlattr, nla_len), &length, sizeof length);
}

std::span<const std::uint8_t> NetlinkMessage::bytes() {
  const auto length = static_cast<std::uint32_t>(bytes_.size());
  std::memcpy(bytes_.data() + offsetof(nlmsghdr, nlmsg_len), &length, sizeof length);
  return bytes_;
}

void NetlinkMessage::set_sequence(std::uint32_t sequence) {
  std::memcpy(bytes_.data() + offsetof(nlmsghdr, nlmsg_seq), &sequence, sizeof sequence);
}

std::optional<std::span<const std::uint8_t>> find_attribute(
    std::span<const std::uint8_t> attributes, std::uint16_t type) {
  while (attributes.size() >= sizeof(nlattr)) {
    nlattr header{};
    std::memcpy(&header, attributes.data(), sizeof header);
    if (header.nla_len < sizeof header || header.nla_len > attributes.size()) return std::nullopt;
    if ((header.nla_type & NLA_TYPE_MASK) == type)
      return attributes.subspan(sizeof header, header.nla_len - sizeof header);
    attributes = attributes.subspan(std::min(align(header.nla_len), attributes.size()));
  }
  return std::nullopt;
}

std::span<const std::uint8_t> NetlinkView::attributes(std::size_t fixed_size) const {
  return body_.subspan(std::min(align(fixed_size), body_.size()));
}

std::optional<std::span<const std::uint8_t>> NetlinkView::find(std::size_t fixed_size,
                                                               std::uint16_t type) const {
  return find_attribute(attributes(fixed_size), type);
}

std::string_view NetlinkView::text(std::size_t fixed_size, std::uint16_t type) const {
  const auto payload = find(fixed_size, type);
  if (!payload) return {};
  const auto* first = reinterpret_cast<const char*>(payload->data());
  return {first, ::strnlen(first, payload->size())};
}

}  // namespace wandrill
