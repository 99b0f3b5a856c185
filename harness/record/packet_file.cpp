// SPDX-License-Identifier: Apache-2.0
#include "record/packet_file.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/error.hpp"
#include "record/packet_format.hpp"

namespace wandrill {
namespace {

using packet_format::BlockHeader;
using packet_format::FileHeader;

/// False if the rows do not fill the payload exactly.
bool take_columns(const std::string& payload, std::size_t rows, auto& columns) {
  std::size_t row_bytes = 0;
  packet_format::visit_columns(columns,
                               [&row_bytes](auto& column) { row_bytes += sizeof(column[0]); });
  if (rows * row_bytes != payload.size()) return false;
  const char* from = payload.data();
  packet_format::visit_columns(columns, [&](auto& column) {
    const auto bytes = rows * sizeof(column[0]);
    column.resize(rows);
    std::memcpy(column.data(), from, bytes);
    from += bytes;
  });
  return true;
}

}  // namespace

PacketFile::PacketFile(const std::filesystem::path& path)
    : name_{path.native()}, file_{std::fopen(path.c_str(), "rbe")} {
  if (!file_) check(-1, "open {}", name_);
  std::setvbuf(file_.get(), nullptr, _IONBF, 0);  // Blocks are read whole.
  read_file_header();
  const std::uint64_t size = std::filesystem::file_size(path);
  std::uint64_t offset = sizeof(FileHeader);
  while (offset < size) {
    BlockHeader header;
    ends_with_block_ =
        read_at(offset, reinterpret_cast<char*>(&header), sizeof header) == sizeof header;
    if (!ends_with_block_) return;
    if (header.mark != packet_format::kBlockMark ||
        header.header_checksum != packet_format::checksum(header) ||
        header.bytes > packet_format::kMostBlockBytes)
      refuse_damage(blocks_.size() + 1);
    offset += sizeof header;
    ends_with_block_ = offset + header.bytes <= size;
    if (!ends_with_block_) return;
    blocks_.push_back({.kind = static_cast<std::uint32_t>(header.kind),
                       .rows = header.rows,
                       .bytes = header.bytes,
                       .offset = offset,
                       .checksum = header.payload_checksum});
    offset += header.bytes;
  }
}

void PacketFile::visit_sent(const std::function<void(const SentColumns&)>& take) const {
  visit(take);
}

void PacketFile::visit_received(const std::function<void(const ReceivedColumns&)>& take) const {
  visit(take);
}

void PacketFile::visit_tapped(const std::function<void(const TappedColumns&)>& take) const {
  visit(take);
}

bool PacketFile::has_sent() const {
  constexpr auto kSent = static_cast<std::uint32_t>(packet_format::BlockKind::kSent);
  return std::ranges::find(blocks_, kSent, &Block::kind) != blocks_.end();
}

std::size_t PacketFile::read_at(std::uint64_t offset, char* to, std::size_t size) const {
  check(::fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET), "read {}", name_);
  const auto got = std::fread(to, 1, size, file_.get());
  if (std::ferror(file_.get()) != 0) check(-1, "read {}", name_);
  return got;
}

void PacketFile::read_file_header() const {
  FileHeader header;
  if (read_at(0, reinterpret_cast<char*>(&header), sizeof header) != sizeof header ||
      std::memcmp(header.magic, FileHeader{}.magic, sizeof header.magic) != 0)
    throw MachineError{name_ + ": is not a packet file of wandrill"};
  if (header.version != packet_format::kVersion)
    throw MachineError{fmt::format(
        "{}: has format version {}, but this wandrill reads version {}: read it with the wandrill "
        "that wrote it",
        name_, header.version, packet_format::kVersion)};
}

void PacketFile::refuse_damage(std::size_t block) const {
  throw MachineError{fmt::format(
      "{}: block {} is damaged; what follows it cannot be trusted, so the recording is not used",
      name_, block)};
}

bool PacketFile::read_block(std::size_t block, std::string& payload) const {
  const auto& known = blocks_[block];
  payload.resize(known.bytes);
  const bool is_whole = read_at(known.offset, payload.data(), payload.size()) == payload.size() &&
                        packet_format::checksum(payload) == known.checksum;
  if (is_whole) return true;
  if (block + 1 < blocks_.size() || !ends_with_block_) refuse_damage(block + 1);
  return false;
}

template <typename Columns>
void PacketFile::visit(const std::function<void(const Columns&)>& take) const {
  constexpr auto kKind = static_cast<std::uint32_t>(packet_format::kind_of<Columns>());
  std::string payload;
  Columns columns;
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    if (blocks_[block].kind != kKind) continue;
    if (!read_block(block, payload)) return;
    if (!take_columns(payload, blocks_[block].rows, columns)) refuse_damage(block + 1);
    if (columns.size() > 0) take(columns);
  }
}

}  // namespace wandrill
