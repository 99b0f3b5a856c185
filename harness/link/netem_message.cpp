// SPDX-License-Identifier: Apache-2.0
#include "link/netem_message.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include <linux/gen_stats.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace wandrill {
namespace {

/// TCA_NETEM_PRNG_SEED of Linux 6.6, which older headers lack.
constexpr std::uint16_t kSeedAttribute = TCA_NETEM_SLOT_DIST + 1;
constexpr std::uint32_t kHandle = 0x10000;  // "1:"
constexpr std::uint32_t kEveryPacket = std::numeric_limits<std::uint32_t>::max();
constexpr double kFullFrame = 1514.0;
/// An unlimited link is taken to carry no more than this, to size its limit.
constexpr double kMostBytesPerSecond = 1e9 / 8.0;
/// psched ticks of 64 ns, for kernels that read no 64-bit nanoseconds.
constexpr int kTickShift = 6;

std::uint32_t saturated(std::uint64_t value) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

/// netem's limit counts packets that wait for the rate and those that are under way. By the rule of
/// tc-netem(8): its default of 1000 drops traffic on a long fast link.
std::uint32_t packet_limit(const Impairment& impairment) {
  const double bytes_per_second = impairment.rate.value == 0
                                      ? kMostBytesPerSecond
                                      : static_cast<double>(impairment.rate.value) / 8.0;
  const double seconds =
      std::chrono::duration<double>(impairment.delay + impairment.jitter).count();
  const double under_way = bytes_per_second * seconds / kFullFrame;
  const double waiting = static_cast<double>(effective_queue(impairment).value) / kFullFrame;
  return static_cast<std::uint32_t>(std::ceil(under_way + waiting));
}

NetlinkMessage netem_message(std::uint16_t flags, int interface_index, const NetemOptions& options,
                             std::uint64_t seed) {
  tcmsg target{};
  target.tcm_family = AF_UNSPEC;
  target.tcm_ifindex = interface_index;
  target.tcm_handle = kHandle;
  target.tcm_parent = TC_H_ROOT;
  const auto ticks = [](Nanos time) {
    return saturated(static_cast<std::uint64_t>(time.count()) >> kTickShift);
  };
  const tc_netem_qopt basic{.latency = ticks(options.delay),
                            .limit = options.packet_limit,
                            .loss = options.loss,
                            .gap = 0,
                            .duplicate = 0,
                            .jitter = ticks(options.jitter)};
  const tc_netem_rate rate{.rate = saturated(options.bytes_per_second)};
  NetlinkMessage message{RTM_NEWQDISC,
                         static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags)};
  message.fixed(target).text(TCA_KIND, "netem");
  message.nest(TCA_OPTIONS, [&](NetlinkMessage& nested) {
    nested.fixed(basic);
    nested.attribute(TCA_NETEM_LATENCY64, std::int64_t{options.delay.count()});
    nested.attribute(TCA_NETEM_JITTER64, std::int64_t{options.jitter.count()});
    nested.attribute(TCA_NETEM_RATE, rate);
    nested.attribute(TCA_NETEM_RATE64, options.bytes_per_second);
    nested.attribute(kSeedAttribute, seed);
  });
  return message;
}

}  // namespace

NetemOptions to_netem(const Impairment& impairment) {
  NetemOptions options{.delay = impairment.delay,
                       .jitter = impairment.jitter,
                       .bytes_per_second = impairment.rate.value / 8,
                       .packet_limit = packet_limit(impairment)};
  if (impairment.jitter > Nanos{0} && impairment.rate.value == 0)
    options.bytes_per_second = kOrderKeepingRate;
  options.loss =
      impairment.blackhole
          ? kEveryPacket
          : static_cast<std::uint32_t>(std::lround(impairment.loss.value / 100.0 * kEveryPacket));
  return options;
}

Impairment from_netem(const NetemOptions& options, const Impairment& asked) {
  Impairment result{.delay = options.delay, .jitter = options.jitter};
  if (options.loss == kEveryPacket && asked.blackhole) {
    result.blackhole = true;
    result.loss = asked.loss;
  } else {
    result.loss = Percent{100.0 * options.loss / kEveryPacket};
  }
  if (options.bytes_per_second != kOrderKeepingRate)
    result.rate = BitsPerSecond{options.bytes_per_second * 8};
  result.queue = options.packet_limit == packet_limit(asked)
                     ? asked.queue
                     : Bytes{static_cast<std::uint64_t>(options.packet_limit * kFullFrame)};
  return result;
}

NetlinkMessage install_netem(int interface_index, const NetemOptions& options, std::uint64_t seed) {
  return netem_message(NLM_F_CREATE | NLM_F_EXCL, interface_index, options, seed);
}

NetlinkMessage change_netem(int interface_index, const NetemOptions& options, std::uint64_t seed) {
  return netem_message(0, interface_index, options, seed);
}

NetlinkMessage list_qdiscs(int interface_index) {
  tcmsg target{};
  target.tcm_family = AF_UNSPEC;
  target.tcm_ifindex = interface_index;
  NetlinkMessage message{RTM_GETQDISC, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(target);
  return message;
}

std::optional<NetemOptions> read_netem(const NetlinkView& answer, int interface_index) {
  const auto target = answer.fixed<tcmsg>();
  if (!target || target->tcm_ifindex != interface_index) return std::nullopt;
  if (answer.text(sizeof(tcmsg), TCA_KIND) != "netem") return std::nullopt;
  const auto options = answer.find(sizeof(tcmsg), TCA_OPTIONS);
  if (!options) return std::nullopt;
  const NetlinkView nested{answer.type(), *options};
  const auto basic = nested.fixed<tc_netem_qopt>();
  if (!basic) return std::nullopt;
  const auto rate = nested.value<tc_netem_rate>(sizeof *basic, TCA_NETEM_RATE);
  const auto wide_rate = nested.value<std::uint64_t>(sizeof *basic, TCA_NETEM_RATE64);
  const auto delay = nested.value<std::int64_t>(sizeof *basic, TCA_NETEM_LATENCY64);
  const auto jitter = nested.value<std::int64_t>(sizeof *basic, TCA_NETEM_JITTER64);
  const auto from_ticks = [](std::uint32_t ticks) {
    return Nanos{std::int64_t{ticks} << kTickShift};
  };
  return NetemOptions{.delay = delay ? Nanos{*delay} : from_ticks(basic->latency),
                      .jitter = jitter ? Nanos{*jitter} : from_ticks(basic->jitter),
                      .loss = basic->loss,
                      .bytes_per_second = wide_rate ? *wide_rate
                                          : rate    ? rate->rate
                                                    : 0,
                      .packet_limit = basic->limit};
}

std::optional<LinkCounters> read_qdisc_counters(const NetlinkView& answer, int interface_index) {
  if (!read_netem(answer, interface_index)) return std::nullopt;
  const auto stats = answer.find(sizeof(tcmsg), TCA_STATS2);
  if (!stats) return std::nullopt;
  gnet_stats_basic passed{};
  gnet_stats_queue queue{};
  if (const auto basic = find_attribute(*stats, TCA_STATS_BASIC); basic)
    std::memcpy(&passed, basic->data(), std::min(basic->size(), sizeof passed));
  if (const auto dropped = find_attribute(*stats, TCA_STATS_QUEUE); dropped)
    std::memcpy(&queue, dropped->data(), std::min(dropped->size(), sizeof queue));
  return LinkCounters{.frames = std::uint64_t{passed.packets} + queue.drops + queue.qlen,
                      .bytes = passed.bytes,
                      .forwarded = passed.packets,
                      .lost = queue.drops};
}

}  // namespace wandrill
