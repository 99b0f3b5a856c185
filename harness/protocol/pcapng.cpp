// SPDX-License-Identifier: Apache-2.0
#include "protocol/pcapng.hpp"

#include <algorithm>

#include "base/byte_reader.hpp"

namespace wandrill {
namespace {

constexpr std::uint32_t kSection = 0x0a0d0d0a;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kStatistics = 5;
constexpr std::uint32_t kPacket = 6;
constexpr std::uint32_t kByteOrder = 0x1a2b3c4d;
constexpr std::uint16_t kEthernet = 1;
constexpr std::uint8_t kNanoseconds = 9;

constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kComment = 1;
constexpr std::uint16_t kName = 2;
constexpr std::uint16_t kDescription = 3;
constexpr std::uint16_t kApplication = 4;
constexpr std::uint16_t kFlags = 2;
constexpr std::uint16_t kResolution = 9;
constexpr std::uint16_t kReceived = 4;
constexpr std::uint16_t kDropped = 5;

constexpr std::size_t kLongestOption = 0xffff;
constexpr std::size_t kBlockFrame = 12;  ///< Type, and the length before and behind the body.

std::size_t padding(std::size_t size) {
  return (4 - size % 4) % 4;
}

/// Builds one block.
class Block {
 public:
  explicit Block(std::uint32_t type) {
    number(type);
    number(std::uint32_t{0});
  }

  template <typename Number>
  void number(Number value) {
    for (std::size_t i = 0; i < sizeof value; ++i) {
      bytes_.push_back(static_cast<std::uint8_t>(value & 0xff));
      value = static_cast<Number>(value >> (sizeof value > 1 ? 8 : 0));
    }
  }
  void octets(std::span<const std::uint8_t> octets) {
    bytes_.insert(bytes_.end(), octets.begin(), octets.end());
    bytes_.insert(bytes_.end(), padding(octets.size()), 0);
  }
  void text(std::uint16_t code, std::string_view text) {
    const auto kept = text.substr(0, kLongestOption);
    if (kept.empty()) return;
    number(code);
    number(static_cast<std::uint16_t>(kept.size()));
    octets({reinterpret_cast<const std::uint8_t*>(kept.data()), kept.size()});
  }
  void comments(const std::vector<std::string>& comments) {
    for (const auto& comment : comments)
      text(kComment, comment);
  }
  template <typename Number>
  void option(std::uint16_t code, Number value) {
    number(code);
    number(static_cast<std::uint16_t>(sizeof value));
    number(value);
    bytes_.insert(bytes_.end(), padding(sizeof value), 0);
  }
  PcapngBytes finish() {
    number(kEndOfOptions);
    number(std::uint16_t{0});
    const auto length = static_cast<std::uint32_t>(bytes_.size() + sizeof(std::uint32_t));
    for (std::size_t i = 0; i < sizeof length; ++i)
      bytes_[4 + i] = static_cast<std::uint8_t>(length >> (8 * i));
    number(length);
    return std::move(bytes_);
  }

 private:
  PcapngBytes bytes_;
};

void put_stamp(Block& block, std::uint64_t at) {
  block.number(static_cast<std::uint32_t>(at >> 32));
  block.number(static_cast<std::uint32_t>(at));
}

/// Calls `each` with code and value of every option.
void read_options(ByteReader& reader, auto&& each) {
  while (!reader.is_empty()) {
    const auto code = reader.little_endian<std::uint16_t>();
    const auto size = reader.little_endian<std::uint16_t>();
    const auto value = reader.take(size);
    reader.take(padding(size));
    if (code == kEndOfOptions || !reader.is_whole()) return;
    each(code, value);
  }
}

std::string text_of(std::span<const std::uint8_t> value) {
  return {value.begin(), value.end()};
}

void read_interface(ByteReader reader, PcapngFile& file) {
  reader.take(4);
  PcapngInterface interface { .snap = reader.little_endian<std::uint32_t>() };
  read_options(reader, [&](std::uint16_t code, auto value) {
    if (code == kName) interface.name = text_of(value);
    if (code == kDescription) interface.description = text_of(value);
  });
  file.interfaces.push_back(std::move(interface));
}

void read_packet(ByteReader reader, PcapngFile& file) {
  PcapngPacket packet{.interface = reader.little_endian<std::uint32_t>()};
  packet.at = static_cast<std::uint64_t>(reader.little_endian<std::uint32_t>()) << 32;
  packet.at |= reader.little_endian<std::uint32_t>();
  const auto kept = reader.little_endian<std::uint32_t>();
  packet.original_bytes = reader.little_endian<std::uint32_t>();
  packet.bytes = reader.take(kept);
  reader.take(padding(kept));
  if (!reader.is_whole()) {
    file.is_whole = false;
    return;
  }
  read_options(reader, [&](std::uint16_t code, auto value) {
    if (code == kComment) packet.comments.push_back(text_of(value));
    if (code == kFlags && value.size() == 4)
      packet.direction = static_cast<PcapngDirection>(std::min(value[0] & 3, 2));
  });
  file.packets.push_back(std::move(packet));
}

}  // namespace

PcapngBytes pcapng_section(std::string_view application, std::string_view comment) {
  Block block{kSection};
  block.number(kByteOrder);
  block.number(std::uint16_t{1});
  block.number(std::uint16_t{0});
  block.number(~std::uint64_t{0});  // its length is not known beforehand
  block.text(kComment, comment);
  block.text(kApplication, application);
  return block.finish();
}

PcapngBytes pcapng_interface(const PcapngInterface& interface) {
  Block block{kInterface};
  block.number(kEthernet);
  block.number(std::uint16_t{0});
  block.number(interface.snap);
  block.text(kName, interface.name);
  block.text(kDescription, interface.description);
  block.option(kResolution, kNanoseconds);
  return block.finish();
}

PcapngBytes pcapng_packet(const PcapngPacket& packet) {
  Block block{kPacket};
  block.number(packet.interface);
  put_stamp(block, packet.at);
  block.number(static_cast<std::uint32_t>(packet.bytes.size()));
  block.number(packet.original_bytes);
  block.octets(packet.bytes);
  block.comments(packet.comments);
  block.option(kFlags, static_cast<std::uint32_t>(packet.direction));
  return block.finish();
}

PcapngBytes pcapng_statistics(const PcapngStatistics& statistics) {
  Block block{kStatistics};
  block.number(statistics.interface);
  put_stamp(block, statistics.at);
  block.comments(statistics.comments);
  block.option(kReceived, statistics.received);
  block.option(kDropped, statistics.dropped);
  return block.finish();
}

std::optional<PcapngFile> read_pcapng(std::span<const std::uint8_t> bytes) {
  ByteReader reader{bytes};
  PcapngFile file;
  bool is_first = true;
  while (!reader.is_empty()) {
    const auto type = reader.little_endian<std::uint32_t>();
    const auto length = reader.little_endian<std::uint32_t>();
    if (is_first && type != kSection) return std::nullopt;
    if (length < kBlockFrame || length % 4 != 0) break;
    ByteReader body{reader.take(length - kBlockFrame)};
    reader.little_endian<std::uint32_t>();
    if (!reader.is_whole()) break;
    if (type == kSection) {
      if (body.little_endian<std::uint32_t>() != kByteOrder)
        return is_first ? std::nullopt : std::optional{file};
      body.take(12);
      read_options(body, [&](std::uint16_t code, auto value) {
        if (code == kComment && is_first) file.comment = text_of(value);
      });
    }
    if (type == kInterface) read_interface(body, file);
    if (type == kPacket) read_packet(body, file);
    is_first = false;
    if (reader.is_empty()) return file;
  }
  if (is_first) return std::nullopt;
  file.is_whole = false;
  return file;
}

}  // namespace wandrill
