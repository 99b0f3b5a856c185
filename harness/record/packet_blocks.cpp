// SPDX-License-Identifier: Apache-2.0
#include "record/packet_blocks.hpp"

#include <bit>
#include <cstring>
#include <type_traits>

#include <fmt/format.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

static_assert(std::endian::native == std::endian::little, "packets.bin is little-endian");

constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kBlockMark = 0x4b4c4257;  // "WBLK"
constexpr std::uint32_t kMostBlockBytes = 1U << 30;

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
/// is seen. The last word is padded with zeros.
std::uint64_t checksum(const char* data, std::size_t size) {
  std::uint64_t sum = 0xcbf29ce484222325U;
  while (size > 0) {
    std::uint64_t word = 0;
    const auto step = size < sizeof word ? size : sizeof word;
    std::memcpy(&word, data, step);
    sum = (sum ^ word) * 0x100000001b3U;
    data += step;
    size -= step;
  }
  return sum;
}

std::uint64_t header_checksum(const BlockHeader& header) {
  return checksum(reinterpret_cast<const char*>(&header), offsetof(BlockHeader, header_checksum));
}

// The columns of each kind, in the order of the file.
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

void append_columns(std::string& out, BlockKind kind, const auto& columns) {
  if (columns.size() == 0) return;
  const auto start = out.size();
  out.append(sizeof(BlockHeader), '\0');
  visit_columns(columns, [&out](const auto& column) {
    out.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(column[0]));
  });
  BlockHeader header;
  header.kind = kind;
  header.rows = static_cast<std::uint32_t>(columns.size());
  header.bytes = static_cast<std::uint32_t>(out.size() - start - sizeof header);
  header.payload_checksum = checksum(out.data() + start + sizeof header, header.bytes);
  header.header_checksum = header_checksum(header);
  std::memcpy(out.data() + start, &header, sizeof header);
}

/// False if the rows do not fill the payload exactly.
bool take_columns(const std::string& payload, std::size_t rows, auto& columns) {
  std::size_t row_bytes = 0;
  visit_columns(columns, [&row_bytes](auto& column) { row_bytes += sizeof(column[0]); });
  if (rows * row_bytes != payload.size()) return false;
  const char* from = payload.data();
  visit_columns(columns, [&](auto& column) {
    const auto before = column.size();
    const auto bytes = rows * sizeof(column[0]);
    column.resize(before + rows);
    std::memcpy(column.data() + before, from, bytes);
    from += bytes;
  });
  return true;
}

bool take_block(const BlockHeader& header, const std::string& payload, Recording& into) {
  switch (header.kind) {
    case BlockKind::kSent:
      return take_columns(payload, header.rows, into.sent);
    case BlockKind::kReceived:
      return take_columns(payload, header.rows, into.received);
    case BlockKind::kTapped:
      return take_columns(payload, header.rows, into.tapped);
  }
  return true;
}

/// False when the stream ended before `size` bytes.
bool read_bytes(std::istream& in, char* to, std::size_t size) {
  in.read(to, static_cast<std::streamsize>(size));
  return static_cast<std::size_t>(in.gcount()) == size;
}

bool at_end(std::istream& in) {
  return in.peek() == std::istream::traits_type::eof();
}

void read_file_header(std::istream& in, const std::string& file) {
  FileHeader header;
  if (!read_bytes(in, reinterpret_cast<char*>(&header), sizeof header) ||
      std::memcmp(header.magic, FileHeader{}.magic, sizeof header.magic) != 0)
    throw MachineError{file + ": is not a packet file of wandrill"};
  if (header.version != kVersion)
    throw MachineError{fmt::format(
        "{}: has format version {}, but this wandrill reads version {}: read it with the wandrill "
        "that wrote it",
        file, header.version, kVersion)};
}

[[noreturn]] void refuse_damage(const std::string& file, std::size_t block) {
  throw MachineError{fmt::format(
      "{}: block {} is damaged; what follows it cannot be trusted, so the recording is not used",
      file, block)};
}

}  // namespace

std::string packets_header() {
  const FileHeader header;
  return {reinterpret_cast<const char*>(&header), sizeof header};
}

void append_block(std::string& out, const SentColumns& columns) {
  append_columns(out, BlockKind::kSent, columns);
}

void append_block(std::string& out, const ReceivedColumns& columns) {
  append_columns(out, BlockKind::kReceived, columns);
}

void append_block(std::string& out, const TappedColumns& columns) {
  append_columns(out, BlockKind::kTapped, columns);
}

void read_packets(std::istream& in, const std::string& file, Recording& into) {
  read_file_header(in, file);
  std::string payload;
  for (std::size_t block = 1;; ++block) {
    BlockHeader header;
    if (!read_bytes(in, reinterpret_cast<char*>(&header), sizeof header)) return;
    if (header.mark != kBlockMark || header.header_checksum != header_checksum(header) ||
        header.bytes > kMostBlockBytes)
      refuse_damage(file, block);
    payload.resize(header.bytes);
    if (!read_bytes(in, payload.data(), payload.size())) return;
    if (header.payload_checksum != checksum(payload.data(), payload.size())) {
      if (at_end(in)) return;
      refuse_damage(file, block);
    }
    if (!take_block(header, payload, into)) refuse_damage(file, block);
  }
}

}  // namespace wandrill
