// SPDX-License-Identifier: Apache-2.0
#include "packet_map.hpp"

#include <algorithm>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/unique_fd.hpp"
#include "measure/index/in_parallel.hpp"
#include "record/checksums.hpp"

namespace wandrill {
namespace {

using packet_format::BlockHeader;
using packet_format::BlockKind;
using packet_format::FileHeader;

template <typename Columns>
std::size_t row_size() {
  std::size_t bytes = 0;
  Columns columns;
  packet_format::visit_columns(columns, [&bytes](auto& column) { bytes += sizeof(column[0]); });
  return bytes;
}

/// 0 for a kind that this version does not know.
std::size_t row_size(BlockKind kind) {
  switch (kind) {
    case BlockKind::kSent:
      return row_size<SentColumns>();
    case BlockKind::kReceived:
      return row_size<ReceivedColumns>();
    case BlockKind::kTapped:
      return row_size<TappedColumns>();
  }
  return 0;
}

/// Ahead of the block that was asked for: some milliseconds of work.
constexpr std::size_t kCheckedAtOnce = 16U << 20U;
/// Blocks that one thread takes at a time.
constexpr std::size_t kCheckedInTurn = 16;

void check_blocks(std::span<PacketMap::Block* const> blocks) {
  std::vector<std::string_view> payloads;
  for (const auto* block : blocks)
    payloads.emplace_back(reinterpret_cast<const char*>(block->columns.data()),
                          block->columns.size());
  const auto sums = packet_format::checksums(payloads);
  for (std::size_t i = 0; i < blocks.size(); ++i)
    blocks[i]->state =
        sums[i] == blocks[i]->checksum ? PacketMap::State::kWhole : PacketMap::State::kDamaged;
}

}  // namespace

PacketMap::PacketMap(const std::filesystem::path& path) : name_{path.native()} {
  const UniqueFd file{check(::open(path.c_str(), O_RDONLY | O_CLOEXEC), "open {}", name_)};
  map(file.get(), path);
  try {
    read_headers();
  } catch (...) {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
    throw;
  }
}

PacketMap::~PacketMap() {
  ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

void PacketMap::map(int file, const std::filesystem::path& path) {
  struct stat status {};
  check(::fstat(file, &status), "read {}", path.native());
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size < sizeof(FileHeader)) throw MachineError{name_ + ": is not a packet file of wandrill"};
  void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (at == MAP_FAILED) check(-1, "read {}", path.native());
  bytes_ = {static_cast<const std::byte*>(at), size};
}

void PacketMap::read_headers() {
  FileHeader header;
  std::memcpy(&header, bytes_.data(), sizeof header);
  if (std::memcmp(header.magic, FileHeader{}.magic, sizeof header.magic) != 0)
    throw MachineError{name_ + ": is not a packet file of wandrill"};
  if (header.version != packet_format::kVersion)
    throw MachineError{fmt::format("{}: has format version {}, but this wandrill reads version {}",
                                   name_, header.version, packet_format::kVersion)};
  for (auto rest = bytes_.subspan(sizeof header); !rest.empty();) {
    BlockHeader block;
    // A last block that was cut short is left out: the run was killed as it was written.
    if (rest.size() < sizeof block) return;
    std::memcpy(&block, rest.data(), sizeof block);
    rest = rest.subspan(sizeof block);
    if (block.mark != packet_format::kBlockMark ||
        block.header_checksum != packet_format::checksum(block))
      refuse(blocks_.size());
    if (rest.size() < block.bytes) return;
    const auto row = row_size(block.kind);
    if (row != 0 && std::uint64_t{block.rows} * row != block.bytes) refuse(blocks_.size());
    blocks_.push_back({.kind = block.kind,
                       .rows = block.rows,
                       .columns = rest.first(block.bytes),
                       .checksum = block.payload_checksum});
    rest = rest.subspan(block.bytes);
  }
}

std::span<const std::byte> PacketMap::columns(std::size_t number) {
  const std::lock_guard lock{checking_};
  auto& block = blocks_.at(number);
  if (block.state == State::kUnchecked) check_from(number);
  if (block.state == State::kDamaged) refuse(number);
  return block.columns;
}

/// Blocks are looked at one after the other, but are checked faster several at a time; what is
/// found of those that follow is said when they are asked for.
void PacketMap::check_from(std::size_t number) {
  std::vector<Block*> batch;
  std::size_t bytes = 0;
  for (auto i = number; i < blocks_.size() && bytes < kCheckedAtOnce; ++i) {
    if (blocks_[i].kind != blocks_[number].kind || blocks_[i].state != State::kUnchecked) continue;
    batch.push_back(&blocks_[i]);
    bytes += blocks_[i].columns.size();
  }
  in_parallel((batch.size() + kCheckedInTurn - 1) / kCheckedInTurn, [&batch](std::size_t turn) {
    check_blocks(std::span{batch}
                     .subspan(turn * kCheckedInTurn)
                     .first(std::min(kCheckedInTurn, batch.size() - turn * kCheckedInTurn)));
  });
}

void PacketMap::refuse(std::size_t block) const {
  throw MachineError{fmt::format(
      "{}: block {} is damaged; what follows it cannot be trusted, so the recording is not used",
      name_, block + 1)};
}

}  // namespace wandrill
