// SPDX-License-Identifier: Apache-2.0
#include "record/packet_blocks.hpp"

#include <cstddef>
#include <cstring>

#include "record/packet_format.hpp"

namespace wandrill {
namespace packet_format {

std::uint64_t checksum(std::string_view bytes, std::uint64_t sum) {
  std::uint64_t word = 0;
  const char* data = bytes.data();
  for (const char* end = data + bytes.size() / sizeof word * sizeof word; data != end;
       data += sizeof word) {
    std::memcpy(&word, data, sizeof word);
    sum = (sum ^ word) * kChecksumPrime;
  }
  const auto rest = bytes.size() % sizeof word;
  if (rest == 0) return sum;
  word = 0;
  std::memcpy(&word, data, rest);
  return (sum ^ word) * kChecksumPrime;
}

std::uint64_t checksum(const BlockHeader& header) {
  return checksum({reinterpret_cast<const char*>(&header), offsetof(BlockHeader, header_checksum)});
}

}  // namespace packet_format

namespace {

void append_columns(std::string& out, const auto& columns) {
  using namespace packet_format;
  if (columns.size() == 0) return;
  const auto start = out.size();
  out.append(sizeof(BlockHeader), '\0');
  visit_columns(columns, [&out](const auto& column) {
    out.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(column[0]));
  });
  BlockHeader header;
  header.kind = kind_of<std::remove_cvref_t<decltype(columns)>>();
  header.rows = static_cast<std::uint32_t>(columns.size());
  header.bytes = static_cast<std::uint32_t>(out.size() - start - sizeof header);
  header.payload_checksum = checksum(std::string_view{out}.substr(start + sizeof header));
  header.header_checksum = checksum(header);
  std::memcpy(out.data() + start, &header, sizeof header);
}

}  // namespace

std::string packets_header() {
  const packet_format::FileHeader header;
  return {reinterpret_cast<const char*>(&header), sizeof header};
}

void append_block(std::string& out, const SentColumns& columns) {
  append_columns(out, columns);
}

void append_block(std::string& out, const ReceivedColumns& columns) {
  append_columns(out, columns);
}

void append_block(std::string& out, const TappedColumns& columns) {
  append_columns(out, columns);
}

}  // namespace wandrill
