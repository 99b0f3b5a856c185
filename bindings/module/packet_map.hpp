// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <span>
#include <vector>

#include "record/packet_format.hpp"

namespace wandrill {

/// packets.bin in memory as it is on the disk: columns are looked at where they are, without a
/// copy. Takes what PacketFile takes and refuses what it refuses; rows are held against their
/// checksum when they are asked for first, and with them those of some blocks that follow.
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

  enum class State : std::uint8_t { kUnchecked, kWhole, kDamaged };
  struct Block {
    packet_format::BlockKind kind{};
    std::uint32_t rows = 0;
    std::span<const std::byte> columns;  ///< One after the other, see packet_format.hpp.
    std::uint64_t checksum = 0;
    State state = State::kUnchecked;
  };
  [[nodiscard]] std::size_t size() const noexcept { return blocks_.size(); }
  [[nodiscard]] packet_format::BlockKind kind(std::size_t block) const {
    return blocks_.at(block).kind;
  }
  [[nodiscard]] std::uint32_t rows(std::size_t block) const { return blocks_.at(block).rows; }
  /// The block's columns. Throws MachineError for damage. May be called by several threads.
  std::span<const std::byte> columns(std::size_t block);

 private:
  void map(int file, const std::filesystem::path& path);
  void read_headers();
  void check_from(std::size_t block);
  [[noreturn]] void refuse(std::size_t block) const;

  std::string name_;
  std::span<const std::byte> bytes_;
  std::vector<Block> blocks_;
  std::mutex checking_;
};

}  // namespace wandrill
