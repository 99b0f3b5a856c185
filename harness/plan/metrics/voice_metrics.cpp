// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kCalls{TrafficKind::kRtp, TrafficKind::kSip, TrafficKind::kExec};
constexpr std::string_view kOnePacket = "± one packet lost more or less";

constexpr std::array kVoice{
    MetricInfo{Scope::kFlow, "mos", Unit::kScore,
               "MOS-CQE of the whole call, 1 to 4.5; a long call hides a short outage: see "
               "mos_worst_window",
               "ITU-T G.107", kOnePacket, false, kCalls},
    MetricInfo{Scope::kFlow, "mos_worst_window", Unit::kScore,
               "MOS-CQE of the worst 8 s, of windows that start each second", "ITU-T G.107",
               kOnePacket, false, kCalls},
    MetricInfo{Scope::kFlow, "r_factor", Unit::kScore,
               "R of the whole call, with the defaults of G.107 but delay, loss and codec",
               "ITU-T G.107", kOnePacket, false, kCalls},
    MetricInfo{Scope::kFlow, "discarded", Unit::kCount,
               "packets that came too late for the playout buffer; the voice metrics count them as "
               "lost",
               "RFC 3611 4.7.1", kExact, true, kCalls},
    MetricInfo{Scope::kFlow, "interruptions", Unit::kCount,
               "times in which nothing was played for 150 ms or more", "ours", kExact, true,
               kCalls},
    MetricInfo{Scope::kFlow, "longest_interruption", Unit::kSeconds,
               "longest time, by the sender's schedule, in which nothing was played", "ours",
               kOwnInterval, true, kCalls},
    MetricInfo{Scope::kFlow, "bursts", Unit::kCount,
               "parts that start and end with a lost packet and hold no 16 good ones in a row",
               "RFC 3611 4.7.2", kExact, true, kCalls},
    MetricInfo{Scope::kFlow, "burst_density", Unit::kCount,
               "share of the packets lost in bursts × 256, at most 255", "RFC 3611 4.7.2", kExact,
               true, kCalls},
    MetricInfo{Scope::kFlow, "burst_duration", Unit::kSeconds, "mean length of the bursts",
               "RFC 3611 4.7.2", "± one packet interval of the flow", true, kCalls},
    MetricInfo{Scope::kFlow, "gap_density", Unit::kCount,
               "share of the packets lost between bursts × 256, at most 255", "RFC 3611 4.7.2",
               kExact, true, kCalls},
    MetricInfo{Scope::kFlow, "gap_duration", Unit::kSeconds,
               "mean length of what is between bursts", "RFC 3611 4.7.2",
               "± one packet interval of the flow", false, kCalls},
    MetricInfo{Scope::kFlow, "burst_ratio", Unit::kScore,
               "mean number of packets lost in a row × (1 − share lost): 1 for random loss. The R "
               "is reckoned with 1 to 2",
               "ITU-T G.107", kExact, true, kCalls},
};

}  // namespace

std::span<const MetricInfo> voice_metrics() {
  return kVoice;
}

}  // namespace wandrill
