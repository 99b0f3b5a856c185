// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/units.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// A netem qdisc's parameters. tc-netem(8).
struct NetemSpec {
  Nanos delay{0};
  Nanos jitter{0};
  Percent loss;
  BitsPerSecond rate;                 ///< 0: none.
  std::uint32_t limit = 1000;         ///< Packets.
  std::optional<std::uint64_t> seed;  ///< Of its random numbers; Linux 6.6 and later keep it.

  friend bool operator==(const NetemSpec&, const NetemSpec&) = default;
};

/// Whether a qdisc is being installed or only changed: a change keeps every queued packet.
enum class QdiscChange : std::uint8_t { kInstall, kChange };

/// The RTM_NEWQDISC message for a netem at the root of an interface. Pure.
NetlinkMessage encode_netem(const NetemSpec& spec, int interface_index, QdiscChange change);
/// Reads it, or the kernel's answer about one, back; nothing when it is no netem. Pure.
std::optional<NetemSpec> decode_netem(const NetlinkView& message);

void install_netem(Netlink& netlink, int interface_index, const NetemSpec& spec);
void change_netem(Netlink& netlink, int interface_index, const NetemSpec& spec);
/// What the kernel has at the interface's root; nothing when it is no netem.
std::optional<NetemSpec> read_netem(Netlink& netlink, int interface_index);

/// Installs one in a throw-away namespace; returns why it cannot be, or nothing when it can.
std::optional<std::string> why_no_netem();

}  // namespace wandrill
