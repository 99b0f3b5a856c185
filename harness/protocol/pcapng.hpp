// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wandrill {

// The blocks of a capture file in pcapng (draft-ietf-opsawg-pcapng), little-endian, Ethernet, time
// stamps in nanoseconds since 1970.

using PcapngBytes = std::vector<std::uint8_t>;

/// The file's first block. `comment` tells what the capture is of.
PcapngBytes pcapng_section(std::string_view application, std::string_view comment);

struct PcapngInterface {
  std::string name;         ///< "wan_a"
  std::string description;  ///< "between router and isp_a, the router's side"
  std::uint32_t snap = 0;   ///< Most bytes of a packet that are kept.
};

/// Interfaces are numbered from 0 in the order in which they come in the file.
PcapngBytes pcapng_interface(const PcapngInterface& interface);

enum class PcapngDirection : std::uint8_t { kUnknown = 0, kInbound = 1, kOutbound = 2 };

struct PcapngPacket {
  std::uint32_t interface = 0;
  std::uint64_t at = 0;  ///< Nanoseconds since 1970.
  PcapngDirection direction = PcapngDirection::kUnknown;
  std::uint32_t original_bytes = 0;
  std::span<const std::uint8_t> bytes;  ///< As far as it was kept.
  std::vector<std::string> comments{};
};

PcapngBytes pcapng_packet(const PcapngPacket& packet);

/// What became of an interface: packets seen, and those that were lost for want of room.
struct PcapngStatistics {
  std::uint32_t interface = 0;
  std::uint64_t at = 0;
  std::uint64_t received = 0;
  std::uint64_t dropped = 0;
  std::vector<std::string> comments{};
};

PcapngBytes pcapng_statistics(const PcapngStatistics& statistics);

/// A file read back; packets point into the bytes that were read.
struct PcapngFile {
  std::string comment;
  std::vector<PcapngInterface> interfaces;
  std::vector<PcapngPacket> packets;
  bool is_whole = true;  ///< It does not end within a block.
};

/// Reads what this writes; blocks of other kinds are passed over. Nothing for bytes that do not
/// begin with a section of this byte order. What is wrong ends the reading: the rest is left out,
/// and the file is not whole.
std::optional<PcapngFile> read_pcapng(std::span<const std::uint8_t> bytes);

}  // namespace wandrill
