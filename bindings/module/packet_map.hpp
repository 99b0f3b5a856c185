// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "record/packet_format.hpp"

namespace wandrill {

/// packets.bin in memory as it is on the disk: columns are looked at where they are, without a
/// copy. Takes what PacketFile takes and refuses what it refuses; rows are held against their
/// checksum when they are asked for first.
class PacketMap {
 public:
  /// Reads the headers of all blocks. Throws MachineError for another format and for damage,
  /// std::system_error when it cannot be read.
  explicit PacketMap(const std::filesystem::path& path);
  PacketMap(const PacketMap&) = delete;
  PacketMap& operator=(const PacketMap&) = delete;
  PacketMap(PacketMap&&) = delete;
  PacketMap& operator=(PacketMap&&) = delete;
  ~PacketMap();

  struct Block {
    packet_format::BlockKind kind{};
    std::uint32_t rows = 0;
    std::span<const std::byte> columns;  ///< One after the other, see packet_format.hpp.
    std::uint64_t checksum = 0;
    bool is_checked = false;
  };
  [[nodiscard]] std::size_t size() const noexcept { return blocks_.size(); }
  [[nodiscard]] packet_format::BlockKind kind(std::size_t block) const {
    return blocks_.at(block).kind;
  }
  [[nodiscard]] std::uint32_t rows(std::size_t block) const { return blocks_.at(block).rows; }
  /// The block's columns. Throws MachineError for damage.
  std::span<const std::byte> columns(std::size_t block);

 private:
  void map(int file, const std::filesystem::path& path);
  void read_headers();
  [[noreturn]] void refuse(std::size_t block) const;

  std::string name_;
  std::span<const std::byte> bytes_;
  std::vector<Block> blocks_;
};

}  // namespace wandrill
