// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "record/packets.hpp"

namespace wandrill::packet_format {

// packets.bin: a header, then blocks of rows of one kind, column after column. The layout, byte by
// byte, is in docs/recording.md.

static_assert(std::endian::native == std::endian::little, "packets.bin is little-endian");

inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::uint32_t kBlockMark = 0x4b4c4257;  // "WBLK"
inline constexpr std::uint32_t kMostBlockBytes = 1U << 30;
inline constexpr std::uint64_t kEmptyChecksum = 0xcbf29ce484222325U;
inline constexpr std::uint64_t kChecksumPrime = 0x100000001b3U;

struct FileHeader {
  char magic[8] = {'W', 'A', 'N', 'D', 'R', 'I', 'L', 'L'};
  std::uint32_t version = kVersion;
  std::uint32_t reserved = 0;
};

enum class BlockKind : std::uint32_t { kSent = 1, kReceived = 2, kTapped = 3 };

struct BlockHeader {
  std::uint32_t mark = kBlockMark;
  BlockKind kind = BlockKind::kSent;
  std::uint32_t rows = 0;
  std::uint32_t bytes = 0;
  std::uint64_t payload_checksum = 0;
  std::uint64_t header_checksum = 0;  // Of the fields above.
};
static_assert(sizeof(FileHeader) == 16 && sizeof(BlockHeader) == 32);

/// FNV-1a with words of eight bytes instead of bytes: several GB/s, and any change of a single word
/// is seen. The last word is padded with zeros. `sum`: of the whole words that come before `bytes`.
std::uint64_t checksum(std::string_view bytes, std::uint64_t sum = kEmptyChecksum);
/// Of the fields before it.
std::uint64_t checksum(const BlockHeader& header);

/// The columns of each kind, in the order of the file.
void visit_columns(auto& columns, auto&& visit) {
  visit(columns.sequence);
  using Columns = std::remove_cvref_t<decltype(columns)>;
  if constexpr (std::is_same_v<Columns, SentColumns>) {
    visit(columns.scheduled);
    visit(columns.lateness);
    visit(columns.flow);
  } else if constexpr (std::is_same_v<Columns, ReceivedColumns>) {
    visit(columns.at);
    visit(columns.read_delay);
    visit(columns.flow);
  } else {
    visit(columns.at);
    visit(columns.flow);
    visit(columns.source);
    visit(columns.wan);
    visit(columns.direction);
  }
}

template <typename Columns>
constexpr BlockKind kind_of() {
  if constexpr (std::is_same_v<Columns, SentColumns>) return BlockKind::kSent;
  if constexpr (std::is_same_v<Columns, ReceivedColumns>) return BlockKind::kReceived;
  return BlockKind::kTapped;
}

}  // namespace wandrill::packet_format
