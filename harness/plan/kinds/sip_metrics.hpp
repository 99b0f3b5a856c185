// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a phone.
namespace wandrill::metrics::sip {

inline constexpr Metric<Seconds> kRegistrationDelay{
    {.scope = MetricScope::kSession,
     .name = "registration_delay",
     .definition = "REGISTER sent → answered with success, of several the longest; one that was "
                   "never answered is longer than all, and one whose connection was lost lasts "
                   "until the next success",
     .source = "RFC 6076 4.1",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Share> kRegistrationsFailed{
    {.scope = MetricScope::kSession,
     .name = "registrations_failed",
     .definition = "of the registrations tried, those that nobody answered or that a server "
                   "failed: 408, 500, 503, 504 (ineffective registration attempts)",
     .source = "RFC 6076 4.2",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Seconds> kCallSetupDelay{
    {.scope = MetricScope::kSession,
     .name = "call_setup_delay",
     .definition =
         "INVITE of a new call sent → answered with success, of several calls the longest",
     .source = "RFC 6076 4.3.1",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Seconds> kDisconnectDelay{
    {.scope = MetricScope::kSession,
     .name = "disconnect_delay",
     .definition = "BYE sent → answered, of several the longest",
     .source = "RFC 6076 4.4",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Count> kCalls{{.scope = MetricScope::kSession,
                                       .name = "calls",
                                       .definition = "calls that the phone tried to place",
                                       .source = "RFC 6076 4.6",
                                       .accuracy = accuracy::kExact,
                                       .better = Better::kHigher}};
inline constexpr Metric<Share> kCallsAnswered{
    {.scope = MetricScope::kSession,
     .name = "calls_answered",
     .definition = "of the calls tried, those that were answered (session establishment ratio)",
     .source = "RFC 6076 4.6",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher}};
inline constexpr Metric<Share> kCallsIneffective{
    {.scope = MetricScope::kSession,
     .name = "calls_ineffective",
     .definition = "of the calls tried, those that nobody answered or that a server failed: 408, "
                   "500, 503, 504 (ineffective session attempts)",
     .source = "RFC 6076 4.8",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Share> kCallsCompleted{
    {.scope = MetricScope::kSession,
     .name = "calls_completed",
     .definition = "of the calls tried and not standing at the end, those that were answered and "
                   "ended when the phone wanted (session completion ratio)",
     .source = "RFC 6076 4.9",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher}};
inline constexpr Metric<Count> kCallsDropped{
    {.scope = MetricScope::kSession,
     .name = "calls_dropped",
     .definition = "calls that stood and ended without a BYE of the phone's own will",
     .source = "ours",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Seconds> kShortestCall{
    {.scope = MetricScope::kSession,
     .name = "shortest_call",
     .definition = "answered → ended by either end, of several calls the shortest (session "
                   "duration time); one that the end of the run cut short does not count, unless "
                   "it was to last until then and was the only one",
     .source = "RFC 6076 4.5",
     .accuracy = accuracy::kStamps,
     .better = Better::kHigher}};
inline constexpr Metric<Seconds> kLongestUnreachable{
    {.scope = MetricScope::kSession,
     .name = "longest_unreachable",
     .definition = "longest time between two answers of the phone to OPTIONS of the far end; after "
                   "the last one until the end of the run, where an answer is overdue",
     .source = "ours",
     .accuracy = "± the interval of the OPTIONS"}};
inline constexpr Metric<Count> kConnectionsLost{
    {.scope = MetricScope::kSession,
     .name = "connections_lost",
     .definition = "over TCP: connections of the signalling that stood and were closed, reset, or "
                   "left a keepalive without an answer",
     .source = "ours",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Seconds> kLongestReconnect{
    {.scope = MetricScope::kSession,
     .name = "longest_reconnect",
     .definition = "over TCP: connection lost → registered over another, of several the longest",
     .source = "ours",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Seconds> kPathsApart{
    {.scope = MetricScope::kSession,
     .name = "paths_apart",
     .definition = "longest time in which signalling and voice of the phone left by different "
                   "WANs: from the first packet of the one that moved to the last one of that "
                   "which stayed; who is silent is not apart",
     .source = "ours",
     .accuracy = accuracy::kStamps}};

inline constexpr auto kAll =
    metric_list(kRegistrationDelay, kRegistrationsFailed, kCallSetupDelay, kDisconnectDelay, kCalls,
                kCallsAnswered, kCallsIneffective, kCallsCompleted, kCallsDropped, kShortestCall,
                kLongestUnreachable, kConnectionsLost, kLongestReconnect, kPathsApart);

}  // namespace wandrill::metrics::sip
