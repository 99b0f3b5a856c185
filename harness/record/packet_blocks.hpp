// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "record/packets.hpp"

namespace wandrill {

/// The first bytes of packets.bin, with the version of its format.
std::string packets_header();

/// Appends one block with all rows of `columns` to `out`; nothing for no rows.
void append_block(std::string& out, const SentColumns& columns);
void append_block(std::string& out, const ReceivedColumns& columns);
void append_block(std::string& out, const TappedColumns& columns);

}  // namespace wandrill
