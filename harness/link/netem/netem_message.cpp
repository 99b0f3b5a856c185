// SPDX-License-Identifier: Apache-2.0
#include "link/netem/netem_message.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include <linux/gen_stats.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "link/wire/correlation.hpp"

namespace wandrill {
namespace {

/// TCA_NETEM_PRNG_SEED of Linux 6.6, which older headers lack.
constexpr std::uint16_t kSeedAttribute = TCA_NETEM_SLOT_DIST + 1;
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

std::uint32_t part_of(Percent percent) {
  return static_cast<std::uint32_t>(std::lround(percent.value / 100.0 * kEveryPacket));
}

Percent percent_of(std::uint32_t part) {
  return Percent{100.0 * part / kEveryPacket};
}

NetemOptions::Draw to_draw(const CorrelatedProbability& chance) {
  if (chance.share.value <= 0.0) return {};
  const StationaryShare stationary{chance.correlation.value / 100.0};
  const Percent threshold{100.0 * stationary.threshold(chance.share.value / 100.0)};
  return {.threshold = part_of(threshold), .correlation = part_of(chance.correlation)};
}

CorrelatedProbability from_draw(const NetemOptions::Draw& draw) {
  const auto correlation = percent_of(draw.correlation);
  const StationaryShare stationary{correlation.value / 100.0};
  return {.share = Percent{100.0 * stationary.at_most(percent_of(draw.threshold).value / 100.0)},
          .correlation = correlation};
}

/// A loss beside the bursts is laid over both states of the chain.
NetemOptions::Bursts to_bursts(const Impairment& impairment) {
  const auto& bursts = impairment.bursts;
  const auto within = combined_loss(bursts.loss_in_burst, impairment.loss);
  return {.p = part_of(bursts.enter),
          .r = part_of(bursts.leave),
          .h = kEveryPacket - part_of(within),
          .k1 = part_of(combined_loss(bursts.loss_between, impairment.loss))};
}

LossBursts from_bursts(const NetemOptions::Bursts& bursts) {
  return {.enter = percent_of(bursts.p),
          .leave = percent_of(bursts.r),
          .loss_in_burst = percent_of(kEveryPacket - bursts.h),
          .loss_between = percent_of(bursts.k1)};
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

void add_bursts(NetlinkMessage& message, const NetemOptions::Bursts& bursts) {
  message.nest(TCA_NETEM_LOSS, [&](NetlinkMessage& nested) {
    nested.attribute(
        NETEM_LOSS_GE,
        tc_netem_gemodel{.p = bursts.p, .r = bursts.r, .h = bursts.h, .k1 = bursts.k1});
  });
}

NetlinkMessage netem_message(std::uint16_t flags, const QdiscPlace& place,
                             const NetemOptions& options, std::uint64_t seed) {
  tcmsg target{};
  target.tcm_family = AF_UNSPEC;
  target.tcm_ifindex = place.interface_index;
  target.tcm_handle = place.handle;
  target.tcm_parent = place.parent;
  const auto ticks = [](Nanos time) {
    return saturated(static_cast<std::uint64_t>(time.count()) >> kTickShift);
  };
  const tc_netem_qopt basic{.latency = ticks(options.delay),
                            .limit = options.packet_limit,
                            .loss = options.bursts ? 0 : options.loss.threshold,
                            .gap = options.reorder.threshold > 0 ? 1U : 0U,
                            .duplicate = options.duplicate.threshold,
                            .jitter = ticks(options.jitter)};
  const tc_netem_corr correlation{.delay_corr = options.delay_correlation,
                                  .loss_corr = options.loss.correlation,
                                  .dup_corr = options.duplicate.correlation};
  const tc_netem_reorder reorder{.probability = options.reorder.threshold,
                                 .correlation = options.reorder.correlation};
  const tc_netem_corrupt corrupt{.probability = options.corrupt.threshold,
                                 .correlation = options.corrupt.correlation};
  const tc_netem_rate rate{.rate = saturated(options.bytes_per_second)};
  NetlinkMessage message{RTM_NEWQDISC,
                         static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags)};
  message.fixed(target).text(TCA_KIND, "netem");
  message.nest(TCA_OPTIONS, [&](NetlinkMessage& nested) {
    nested.fixed(basic);
    nested.attribute(TCA_NETEM_LATENCY64, std::int64_t{options.delay.count()});
    nested.attribute(TCA_NETEM_JITTER64, std::int64_t{options.jitter.count()});
    // What is left out would stay as it was.
    nested.attribute(TCA_NETEM_CORR, correlation);
    nested.attribute(TCA_NETEM_REORDER, reorder);
    nested.attribute(TCA_NETEM_CORRUPT, corrupt);
    if (options.bursts) add_bursts(nested, *options.bursts);
    nested.attribute(TCA_NETEM_RATE, rate);
    nested.attribute(TCA_NETEM_RATE64, options.bytes_per_second);
    nested.attribute(kSeedAttribute, seed);
  });
  return message;
}

std::optional<NetemOptions::Bursts> read_bursts(const NetlinkView& options, std::size_t fixed) {
  const auto loss = options.find(fixed, TCA_NETEM_LOSS);
  if (!loss) return std::nullopt;
  const auto model = NetlinkView{0, *loss}.value<tc_netem_gemodel>(0, NETEM_LOSS_GE);
  if (!model) return std::nullopt;
  return NetemOptions::Bursts{.p = model->p, .r = model->r, .h = model->h, .k1 = model->k1};
}

}  // namespace

NetemOptions to_netem(const Impairment& impairment) {
  NetemOptions options{.delay = impairment.delay,
                       .jitter = impairment.jitter,
                       .bytes_per_second = impairment.rate.value / 8,
                       .packet_limit = packet_limit(impairment)};
  if (impairment.jitter > Nanos{0} && impairment.rate.value == 0)
    options.bytes_per_second = kOrderKeepingRate;
  if (impairment.blackhole)
    options.loss = {.threshold = kEveryPacket};
  else if (impairment.bursts.on())
    options.bursts = to_bursts(impairment);
  else
    options.loss = to_draw({impairment.loss, impairment.loss_correlation});
  options.delay_correlation = part_of(impairment.jitter_correlation);
  options.reorder = to_draw(impairment.reorder);
  options.duplicate = to_draw(impairment.duplicate);
  options.corrupt = to_draw(impairment.corrupt);
  return options;
}

Impairment from_netem(const NetemOptions& options, const Impairment& asked) {
  Impairment result{.delay = options.delay, .jitter = options.jitter};
  if (options.loss.threshold == kEveryPacket && !options.bursts && asked.blackhole) {
    result.blackhole = true;
    result.loss = asked.loss;
    result.loss_correlation = asked.loss_correlation;
    result.bursts = asked.bursts;
  } else if (options.bursts) {
    const bool as_asked = asked.bursts.on() && options.bursts == to_bursts(asked);
    result.loss = as_asked ? asked.loss : Percent{};
    result.loss_correlation = as_asked ? asked.loss_correlation : Percent{};
    result.bursts = as_asked ? asked.bursts : from_bursts(*options.bursts);
  } else {
    const auto loss = from_draw(options.loss);
    result.loss = loss.share;
    result.loss_correlation = loss.correlation;
  }
  result.jitter_correlation = percent_of(options.delay_correlation);
  result.reorder = from_draw(options.reorder);
  result.duplicate = from_draw(options.duplicate);
  result.corrupt = from_draw(options.corrupt);
  if (options.bytes_per_second != kOrderKeepingRate)
    result.rate = BitsPerSecond{options.bytes_per_second * 8};
  result.queue = options.packet_limit == packet_limit(asked)
                     ? asked.queue
                     : Bytes{static_cast<std::uint64_t>(options.packet_limit * kFullFrame)};
  return result;
}

NetlinkMessage install_netem(QdiscPlace place, const NetemOptions& options, std::uint64_t seed) {
  return netem_message(NLM_F_CREATE | NLM_F_EXCL, place, options, seed);
}

NetlinkMessage change_netem(QdiscPlace place, const NetemOptions& options, std::uint64_t seed) {
  return netem_message(0, place, options, seed);
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
  const auto correlation = nested.value<tc_netem_corr>(sizeof *basic, TCA_NETEM_CORR);
  const auto reorder = nested.value<tc_netem_reorder>(sizeof *basic, TCA_NETEM_REORDER);
  const auto corrupt = nested.value<tc_netem_corrupt>(sizeof *basic, TCA_NETEM_CORRUPT);
  const auto correlated = correlation.value_or(tc_netem_corr{});
  const auto from_ticks = [](std::uint32_t ticks) {
    return Nanos{std::int64_t{ticks} << kTickShift};
  };
  return NetemOptions{
      .delay = delay ? Nanos{*delay} : from_ticks(basic->latency),
      .jitter = jitter ? Nanos{*jitter} : from_ticks(basic->jitter),
      .loss = {basic->loss, correlated.loss_corr},
      .bursts = read_bursts(nested, sizeof *basic),
      .delay_correlation = correlated.delay_corr,
      .reorder = reorder ? NetemOptions::Draw{reorder->probability, reorder->correlation}
                         : NetemOptions::Draw{},
      .duplicate = {basic->duplicate, correlated.dup_corr},
      .corrupt = corrupt ? NetemOptions::Draw{corrupt->probability, corrupt->correlation}
                         : NetemOptions::Draw{},
      .bytes_per_second = wide_rate ? *wide_rate
                          : rate    ? rate->rate
                                    : 0,
      .packet_limit = basic->limit};
}

bool read_seed_taken(const NetlinkView& answer, int interface_index) {
  if (!read_netem(answer, interface_index)) return false;
  const auto options = answer.find(sizeof(tcmsg), TCA_OPTIONS);
  return options && NetlinkView{0, *options}
                        .value<std::uint64_t>(sizeof(tc_netem_qopt), kSeedAttribute)
                        .has_value();
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
