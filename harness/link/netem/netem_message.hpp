// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "link/counters.hpp"
#include "net/netlink_message.hpp"
#include "plan/impairment.hpp"

namespace wandrill {

/// The options of a netem qdisc, as the kernel counts. tc-netem(8).
struct NetemOptions {
  Nanos delay{0};
  Nanos jitter{0};
  /// Gilbert-Elliott, as the kernel has it: h and not 1-h.
  struct Bursts {
    std::uint32_t p = 0;
    std::uint32_t r = 0;
    std::uint32_t h = 0;
    std::uint32_t k1 = 0;

    friend bool operator==(const Bursts&, const Bursts&) = default;
  };
  /// What a chance is drawn with.
  struct Draw {
    std::uint32_t threshold = 0;
    std::uint32_t correlation = 0;

    friend bool operator==(const Draw&, const Draw&) = default;
  };
  // Shares count of 2^32 - 1, which is every packet.
  Draw loss;
  std::optional<Bursts> bursts;  ///< Instead of `loss`: netem knows one or the other.
  std::uint32_t delay_correlation = 0;
  Draw reorder;
  Draw duplicate;
  Draw corrupt;
  std::uint64_t bytes_per_second = 0;  ///< 0: unlimited, and jitter reorders.
  std::uint32_t packet_limit = 1000;

  friend bool operator==(const NetemOptions&, const NetemOptions&) = default;
};

/// netem keeps the order of packets only where a rate makes each wait for the one before it: jitter
/// without a rate is given this one, at which a full frame takes 0.1 ns.
constexpr std::uint64_t kOrderKeepingRate = 12'500'000'000'000;

/// Thresholds are such that the share asked for is met in spite of a correlation, which draws
/// netem's random values to the middle. Losses that act on top of each other become one.
NetemOptions to_netem(const Impairment& impairment);
/// The impairment that these options are. Two things have no unique form in netem and are read in
/// the light of what was `asked`: a loss of every packet is a blackhole or a loss of 100 %, and a
/// packet limit stands for the queue asked for when it is the limit of that queue.
Impairment from_netem(const NetemOptions& options, const Impairment& asked);

/// Whether the kernel took a seed: it tells it again from Linux 6.6 on.
bool read_seed_taken(const NetlinkView& answer, int interface_index);

/// Where a qdisc is: by default, the root of an interface with the handle "1:".
struct QdiscPlace {
  // NOLINTNEXTLINE(google-explicit-constructor): an interface's root is what is nearly always meant
  QdiscPlace(int index) : interface_index{index} {}
  QdiscPlace(int index, std::uint32_t parent_handle, std::uint32_t own_handle)
      : interface_index{index}, parent{parent_handle}, handle{own_handle} {}

  int interface_index;
  std::uint32_t parent = 0xffffffff;  ///< TC_H_ROOT
  std::uint32_t handle = 0x10000;
};

/// Installs the qdisc, or changes it in place. `seed` is used by
/// kernels from 6.6 on and ignored before; each change begins its sequence anew.
NetlinkMessage install_netem(QdiscPlace place, const NetemOptions& options, std::uint64_t seed);
NetlinkMessage change_netem(QdiscPlace place, const NetemOptions& options, std::uint64_t seed);
/// Asks for every qdisc of a namespace's interface.
NetlinkMessage list_qdiscs(int interface_index);
/// The options in one answer to list_qdiscs; nothing when it is another interface's or no netem.
std::optional<NetemOptions> read_netem(const NetlinkView& answer, int interface_index);
/// Frames, bytes and drops of the interface's netem. The kernel does not tell a random loss from a
/// full queue: both are `lost`.
std::optional<LinkCounters> read_qdisc_counters(const NetlinkView& answer, int interface_index);

}  // namespace wandrill
