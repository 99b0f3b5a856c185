// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include <linux/filter.h>

#include "link/netem/netem_message.hpp"

namespace wandrill {

/// The qdiscs of one direction of a stage: at the root a `prio` of two bands, of which the first
/// holds the netem of what matches, and the second, a plain queue, everything else. tc-prio(8).
QdiscPlace stage_netem(int interface_index);
NetlinkMessage install_prio(int interface_index);
/// Makes a program the only filter of that prio: what it matches goes to the netem. tc-bpf(8).
NetlinkMessage install_filter(int interface_index, const std::vector<sock_filter>& program);
/// Asks for the filters of that prio.
NetlinkMessage list_filters(int interface_index);
/// The program in one answer to list_filters; nothing when it holds none that leads to the netem.
std::optional<std::vector<sock_filter>> read_filter(const NetlinkView& answer, int interface_index);

}  // namespace wandrill
