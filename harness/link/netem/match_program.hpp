// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include <linux/filter.h>

#include "plan/traffic_filter.hpp"

namespace wandrill {

/// A filter as a program for the kernel's classic BPF machine, for frames from their Ethernet
/// header on: 0 for those that do not match, 2^32 - 1 for those that do. It says what PacketMatch
/// says. Programs of a socket (socket(7)) and of the classifier `bpf` (tc-bpf(8)) alike.
std::vector<sock_filter> match_program(const TrafficFilter& filter);

}  // namespace wandrill
