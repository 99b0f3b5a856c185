// SPDX-License-Identifier: Apache-2.0
#include "net/netem.hpp"

#include <algorithm>
#include <cmath>

#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr double kCertain = 4294967295.0;     ///< A probability of 1, as netem counts: 2³² − 1.
constexpr std::uint16_t kSeedAttribute = 13;  // TCA_NETEM_PRNG_SEED, newer than Debian 12's headers
constexpr std::uint64_t kBitsPerByte = 8;

std::uint32_t probability_of(Percent loss) {
  return static_cast<std::uint32_t>(
      std::llround(std::clamp(loss.value, 0.0, 100.0) / 100.0 * kCertain));
}

void write_rate(NetlinkMessage& options, BitsPerSecond rate) {
  const std::uint64_t bytes = rate.value / kBitsPerByte;
  tc_netem_rate fixed{};
  fixed.rate = static_cast<std::uint32_t>(std::min<std::uint64_t>(bytes, UINT32_MAX));
  options.attribute(TCA_NETEM_RATE, fixed);
  if (bytes > UINT32_MAX) options.attribute(TCA_NETEM_RATE64, bytes);
}

void write_options(NetlinkMessage& options, const NetemSpec& spec) {
  tc_netem_qopt fixed{};
  fixed.limit = spec.limit;
  fixed.loss = probability_of(spec.loss);
  options.fixed(fixed);
  // The fixed part counts in scheduler ticks; these count in nanoseconds and take precedence.
  options.attribute(TCA_NETEM_LATENCY64, spec.delay.count());
  options.attribute(TCA_NETEM_JITTER64, spec.jitter.count());
  write_rate(options, spec.rate);
  if (spec.seed) options.attribute(kSeedAttribute, *spec.seed);
}

tcmsg root_of(int interface_index) {
  tcmsg info{};
  info.tcm_family = AF_UNSPEC;
  info.tcm_ifindex = interface_index;
  info.tcm_parent = TC_H_ROOT;
  return info;
}

template <typename Value>
std::optional<Value> value_in(std::span<const std::uint8_t> attributes, std::uint16_t type) {
  const auto payload = find_attribute(attributes, type);
  if (!payload || payload->size() < sizeof(Value)) return std::nullopt;
  Value value;
  std::memcpy(&value, payload->data(), sizeof value);
  return value;
}

}  // namespace

NetlinkMessage encode_netem(const NetemSpec& spec, int interface_index, QdiscChange change) {
  std::uint16_t flags = NLM_F_REQUEST | NLM_F_ACK;
  if (change == QdiscChange::kInstall) flags |= NLM_F_CREATE | NLM_F_REPLACE;
  NetlinkMessage message{RTM_NEWQDISC, flags};
  message.fixed(root_of(interface_index)).text(TCA_KIND, "netem");
  message.nest(TCA_OPTIONS, [&](NetlinkMessage& options) { write_options(options, spec); });
  return message;
}

std::optional<NetemSpec> decode_netem(const NetlinkView& message) {
  if (message.text(sizeof(tcmsg), TCA_KIND) != "netem") return std::nullopt;
  const auto options = message.find(sizeof(tcmsg), TCA_OPTIONS);
  if (!options || options->size() < sizeof(tc_netem_qopt)) return std::nullopt;
  tc_netem_qopt fixed{};
  std::memcpy(&fixed, options->data(), sizeof fixed);
  const auto attributes = options->subspan(sizeof fixed);
  NetemSpec spec{.loss = {static_cast<double>(fixed.loss) / kCertain * 100.0},
                 .limit = fixed.limit};
  spec.delay = Nanos{value_in<std::int64_t>(attributes, TCA_NETEM_LATENCY64).value_or(0)};
  spec.jitter = Nanos{value_in<std::int64_t>(attributes, TCA_NETEM_JITTER64).value_or(0)};
  const auto rate = value_in<tc_netem_rate>(attributes, TCA_NETEM_RATE);
  const auto wide = value_in<std::uint64_t>(attributes, TCA_NETEM_RATE64);
  spec.rate.value = wide.value_or(rate ? rate->rate : 0) * kBitsPerByte;
  spec.seed = value_in<std::uint64_t>(attributes, kSeedAttribute);
  return spec;
}

void install_netem(Netlink& netlink, int interface_index, const NetemSpec& spec) {
  netlink.request(encode_netem(spec, interface_index, QdiscChange::kInstall), "install netem");
}

void change_netem(Netlink& netlink, int interface_index, const NetemSpec& spec) {
  netlink.request(encode_netem(spec, interface_index, QdiscChange::kChange), "change netem");
}

std::optional<NetemSpec> read_netem(Netlink& netlink, int interface_index) {
  std::optional<NetemSpec> found;
  NetlinkMessage message{RTM_GETQDISC, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(root_of(interface_index));
  netlink.dump(std::move(message), "read netem back", [&](const NetlinkView& answer) {
    const auto info = answer.fixed<tcmsg>();
    if (info && info->tcm_ifindex == interface_index && info->tcm_parent == TC_H_ROOT)
      found = decode_netem(answer);
  });
  return found;
}

std::optional<std::string> why_no_netem() {
  const NetNs trial = NetNs::create();
  Netlink netlink = Netlink::route(trial);
  constexpr int kLoopback = 1;
  try {
    install_netem(netlink, kLoopback, {.delay = std::chrono::milliseconds{1}});
  } catch (const std::system_error& error) {
    return error.what();
  }
  return std::nullopt;
}

}  // namespace wandrill
