// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kPhones{TrafficKind::kSip};

constexpr std::array kSip{
    MetricInfo{
        Scope::kSession, "registration_delay", Unit::kSeconds,
        "REGISTER sent → answered with success, of several the longest; one that was never "
        "answered is longer than all, and one whose connection was lost lasts until the next "
        "success",
        "RFC 6076 4.1", kStamps, true, kPhones},
    MetricInfo{Scope::kSession, "registrations_failed", Unit::kPercent,
               "of the registrations tried, those that nobody answered or that a server failed: "
               "408, 500, 503, 504 (ineffective registration attempts)",
               "RFC 6076 4.2", kExact, true, kPhones},
    MetricInfo{Scope::kSession, "call_setup_delay", Unit::kSeconds,
               "INVITE of a new call sent → answered with success, of several calls the longest",
               "RFC 6076 4.3.1", kStamps, true, kPhones},
    MetricInfo{Scope::kSession, "disconnect_delay", Unit::kSeconds,
               "BYE sent → answered, of several the longest", "RFC 6076 4.4", kStamps, true,
               kPhones},
    MetricInfo{Scope::kSession, "calls", Unit::kCount, "calls that the phone tried to place",
               "RFC 6076 4.6", kExact, false, kPhones},
    MetricInfo{Scope::kSession, "calls_answered", Unit::kPercent,
               "of the calls tried, those that were answered (session establishment ratio)",
               "RFC 6076 4.6", kExact, false, kPhones},
    MetricInfo{Scope::kSession, "calls_ineffective", Unit::kPercent,
               "of the calls tried, those that nobody answered or that a server failed: 408, 500, "
               "503, 504 (ineffective session attempts)",
               "RFC 6076 4.8", kExact, true, kPhones},
    MetricInfo{Scope::kSession, "calls_completed", Unit::kPercent,
               "of the calls tried and not standing at the end, those that were answered and ended "
               "when the phone wanted (session completion ratio)",
               "RFC 6076 4.9", kExact, false, kPhones},
    MetricInfo{Scope::kSession, "calls_dropped", Unit::kCount,
               "calls that stood and ended without a BYE of the phone's own will", "ours", kExact,
               true, kPhones},
    MetricInfo{Scope::kSession, "shortest_call", Unit::kSeconds,
               "answered → ended by either end, of several calls the shortest (session duration "
               "time); one that the end of the run cut short does not count, unless it was to last "
               "until then and was the only one",
               "RFC 6076 4.5", kStamps, false, kPhones},
    MetricInfo{
        Scope::kSession, "longest_unreachable", Unit::kSeconds,
        "longest time between two answers of the phone to OPTIONS of the far end; after the last "
        "one until the end of the run, where an answer is overdue",
        "ours", "± the interval of the OPTIONS", true, kPhones},
    MetricInfo{Scope::kSession, "connections_lost", Unit::kCount,
               "over TCP: connections of the signalling that stood and were closed, reset, or left "
               "a keepalive without an answer",
               "ours", kExact, true, kPhones},
    MetricInfo{Scope::kSession, "longest_reconnect", Unit::kSeconds,
               "over TCP: connection lost → registered over another, of several the longest",
               "ours", kStamps, true, kPhones},
    MetricInfo{Scope::kSession, "paths_apart", Unit::kSeconds,
               "longest time in which signalling and voice of the phone left by different WANs: "
               "from the first packet of the one that moved to the last one of that which stayed; "
               "who is silent is not apart",
               "ours", kStamps, true, kPhones},
};

}  // namespace

std::span<const MetricInfo> sip_metrics() {
  return kSip;
}

}  // namespace wandrill
