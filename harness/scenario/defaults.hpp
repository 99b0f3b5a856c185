// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/units.hpp"

/// Every default and limit of the YAML language, in one place. docs/scenarios.md states them.
namespace wandrill::defaults {
using namespace std::chrono_literals;

// Files
/// Twenty times ours; what the parser and the checks do with a file of small parts grows with its
/// square.
inline constexpr Bytes kLongestFile{128 * 1024};
inline constexpr int kLongestExtendsChain = 8;

// A run
inline constexpr std::uint64_t kSeed = 1;
inline constexpr std::uint64_t kMostTrials = 1000;
inline constexpr Nanos kPhaseJitter = 1s;
inline constexpr Nanos kSteadyFor = 1s;
inline constexpr Nanos kSteadyWithin = 15s;
inline constexpr Nanos kFailbackWithin = 30s;
inline constexpr Nanos kSustainedFor = 5s;  ///< RFC 6412 3.7.5
inline constexpr std::uint64_t kMostCycles = 1000;
inline constexpr std::uint64_t kMostSteps = 10'000;

// Traffic
inline constexpr Nanos kRtpInterval = 20ms;
inline constexpr Nanos kProbeInterval = 5ms;
inline constexpr Nanos kTcpInterval = 100ms;
inline constexpr Nanos kDnsInterval = 200ms;
inline constexpr Nanos kShortestInterval = 1ms;
inline constexpr Bytes kRtpPayload{172};  ///< RTP header 12, G.711 for 20 ms 160.
inline constexpr Bytes kProbePayload{64};
inline constexpr Bytes kTcpPayload{128};
/// Each packet carries an RTP header (12) and our own heading (28).
inline constexpr Bytes kSmallestPayload{40};
/// What fits into one Ethernet frame without fragments: 1500 - 40 (IPv6) - 8 (UDP).
inline constexpr Bytes kLargestPayload{1452};
inline constexpr Nanos kRdpInterval = 50ms;
inline constexpr double kRdpIrregularity = 0.8;
inline constexpr std::uint32_t kRdpLongestReply = 64;
inline constexpr Nanos kIdleInterval = 10s;
inline constexpr Nanos kTcpKeepaliveAfter = 5s;
inline constexpr Nanos kTcpKeepaliveEvery = 2s;
inline constexpr std::uint64_t kTcpKeepaliveCount = 3;
inline constexpr Nanos kLongestTcpKeepalive = 32'767s;  ///< MAX_TCP_KEEPIDLE of Linux.
inline constexpr std::uint64_t kMostTcpKeepalives = 127;
inline constexpr Nanos kHttpInterval = 500ms;
/// Each request may be a connection that waits for `late_after`: there must not be too many.
inline constexpr Nanos kShortestHttpInterval = 20ms;
inline constexpr Nanos kLongestHttpPatience = 60s;
inline constexpr Bytes kHttpPayload{10'000};
inline constexpr Bytes kLargestHttpPayload{1'000'000};
inline constexpr std::uint64_t kMostCalls = 5000;
inline constexpr std::uint64_t kMostSessions = 10'000;
inline constexpr Nanos kPlayout = 60ms;
inline constexpr Nanos kLongestPlayout = 2s;
/// A silence this long makes a playout buffer start afresh.
inline constexpr Nanos kPlayoutResync = 500ms;
inline constexpr Nanos kLateAfter = 2s;
inline constexpr Nanos kWireguardKeepalive = 25s;  ///< As its documentation advises behind a NAT.
inline constexpr Nanos kOpenvpnKeepalive = 10s;    ///< As its manual's examples have it.
inline constexpr Nanos kOpenvpnRestartAfter = 60s;
inline constexpr Nanos kLongestKeepalive = 600s;
inline constexpr Nanos kRegisterEvery = 60s;
inline constexpr Nanos kOptionsEvery = 10s;
inline constexpr Nanos kPauseBetweenCalls = 1s;
inline constexpr Nanos kRtpTimeout = 30s;
inline constexpr Nanos kSipKeepalive = 30s;      ///< Phones' usual; RFC 5626 4.4.1 has 95 to 120 s.
inline constexpr Nanos kRefreshEvery = 900s;     ///< Half of RFC 4028's 1800 s.
inline constexpr std::uint64_t kLearnAfter = 4;  ///< Asterisk's strictrtp; FreeSWITCH takes 10.
inline constexpr std::uint64_t kMostToLearn = 1000;
inline constexpr Nanos kShortestSipTimer = 100ms;
inline constexpr std::uint16_t kFirstPhonePort = 30'000;
inline constexpr std::uint16_t kFirstPbxPort = 40'000;
inline constexpr std::size_t kMostTunnels = 250;
inline constexpr BitsPerSecond kLowestBulkRate{64'000};
inline constexpr std::uint64_t kRtpDscp = 46;  ///< Expedited Forwarding (RFC 3246)
inline constexpr std::uint64_t kOtherDscp = 0;
inline constexpr std::uint16_t kFirstClientPort = 20'000;
inline constexpr std::uint16_t kFirstServerPort = 10'000;

// Faults
inline constexpr Percent kFlapDuty{50.0};
inline constexpr std::uint64_t kMostFlaps = 10'000;
inline constexpr Nanos kEventDeadline = 30s;
inline constexpr Bytes kSmallestQueue{1514};    ///< A full Ethernet frame.
inline constexpr Bytes kSmallestPacket{20};     ///< A header of IPv4 and nothing in it.
inline constexpr Bytes kLargestPacket{1500};    ///< The lab's links carry no more.
inline constexpr std::size_t kMostFilters = 8;  ///< Each is a stage of a line.
inline constexpr Percent kLossInBurst{100.0};
inline constexpr Percent kLossBetween{0.0};
/// Beyond it, a share takes too many frames to show.
inline constexpr Percent kMostCorrelation{95.0};
// A line that is up and not fit for a call: see docs/faults.md.
inline constexpr Percent kBrownoutLoss{5.0};
inline constexpr Nanos kBrownoutDelay = 150ms;
inline constexpr Nanos kBrownoutJitter = 30ms;
inline constexpr BitsPerSecond kBrownoutRate{2'000'000};
inline constexpr Bytes kSmallestMtu{68};   ///< RFC 791
inline constexpr Bytes kLargestMtu{1499};  ///< The lab's links carry 1500.
inline constexpr Nanos kShortestDnsDelay = 10ms;
inline constexpr Nanos kLongestDnsDelay = 4s;  ///< A fault must show within 5 s.

// Services
inline constexpr std::string_view kZone = "test";  ///< Never a real one (RFC 6761 6.2).
/// udhcpc takes a shorter lease for this one.
inline constexpr Nanos kLease = 16s;
inline constexpr Nanos kShortestLease = 4s;
inline constexpr Nanos kLongestLease = 24h;
inline constexpr std::size_t kLongestZone = 63;

// Segments
inline constexpr std::uint64_t kFirstVlan = 1;  ///< IEEE 802.1Q keeps 0 and 4095 for itself.
inline constexpr std::uint64_t kLastVlan = 4094;

// Routers
inline constexpr Nanos kCommandDeadline = 30s;
inline constexpr Nanos kReadyWithin = 10s;

// Names
inline constexpr std::size_t kLongestInterface = 15;  ///< IFNAMSIZ - 1
inline constexpr std::size_t kLongestName = 40;       ///< Of a scenario, node, server or session.
/// Of what refers to something: a path, a metric.
inline constexpr std::size_t kLongestReference = 255;

}  // namespace wandrill::defaults
