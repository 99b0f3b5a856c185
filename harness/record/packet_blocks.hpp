// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <istream>
#include <string>

#include "record/recording.hpp"

namespace wandrill {

// packets.bin: a header, then blocks of rows of one kind, column after column. Little-endian; the
// layout, byte by byte, is in docs/recording.md.

/// The first bytes of packets.bin, with the version of its format.
std::string packets_header();

/// Appends one block with all rows of `columns` to `out`; nothing for no rows.
void append_block(std::string& out, const SentColumns& columns);
void append_block(std::string& out, const ReceivedColumns& columns);
void append_block(std::string& out, const TappedColumns& columns);

/// Reads what the functions above wrote. A last block that was cut short or is damaged is left out;
/// blocks of an unknown kind are skipped. Throws MachineError, naming `file`, for another format or
/// version, and for damage before the last block: rows missing from the middle would look like
/// losses.
void read_packets(std::istream& in, const std::string& file, Recording& into);

}  // namespace wandrill
