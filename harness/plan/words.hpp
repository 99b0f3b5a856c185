// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "plan/plan.hpp"

namespace wandrill {

/// The words of an enumeration, as YAML and JSON have them.
template <typename Enum, std::size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

inline constexpr Words<Direction, 2> kDirectionWords{
    {{Direction::kUp, "up"}, {Direction::kDown, "down"}}};
inline constexpr Words<FaultDirection, 3> kFaultDirectionWords{{{FaultDirection::kUp, "up"},
                                                                {FaultDirection::kDown, "down"},
                                                                {FaultDirection::kBoth, "both"}}};
inline constexpr Words<EngineChoice, 3> kEngineWords{{{EngineChoice::kAuto, "auto"},
                                                      {EngineChoice::kNetem, "netem"},
                                                      {EngineChoice::kWire, "wire"}}};
inline constexpr Words<ArpMode, 2> kArpModeWords{
    {{ArpMode::kSilent, "silent"}, {ArpMode::kNewMac, "new_mac"}}};
inline constexpr Words<ServiceMode, 7> kServiceModeWords{
    {{ServiceMode::kTimeout, "timeout"},
     {ServiceMode::kServfail, "servfail"},
     {ServiceMode::kSlow, "slow"},
     {ServiceMode::kHijack, "hijack"},
     {ServiceMode::kNak, "nak"},
     {ServiceMode::kExpiry, "expiry"},
     {ServiceMode::kNewAddress, "new_address"}}};
inline constexpr Words<FailoverDuty, 3> kDutyWords{{{FailoverDuty::kRequired, "required"},
                                                    {FailoverDuty::kForbidden, "forbidden"},
                                                    {FailoverDuty::kEither, "either"}}};
inline constexpr Words<NodeKind, 5> kNodeKindWords{{{NodeKind::kHost, "host"},
                                                    {NodeKind::kRouter, "router"},
                                                    {NodeKind::kIsp, "isp"},
                                                    {NodeKind::kSwitch, "switch"},
                                                    {NodeKind::kInternet, "internet"}}};
inline constexpr Words<ServiceKind, 3> kServiceKindWords{
    {{ServiceKind::kDns, "dns"}, {ServiceKind::kDhcp, "dhcp"}, {ServiceKind::kMonitor, "monitor"}}};
inline constexpr Words<MediaPeer, 4> kMediaPeerWords{{{MediaPeer::kLatching, "latching"},
                                                      {MediaPeer::kHandover, "handover"},
                                                      {MediaPeer::kStrict, "strict"},
                                                      {MediaPeer::kReinvite, "reinvite"}}};
inline constexpr Words<Condition::Kind, 5> kConditionWords{{{Condition::Kind::kEgress, "egress"},
                                                            {Condition::Kind::kFlowing, "flowing"},
                                                            {Condition::Kind::kLog, "log"},
                                                            {Condition::Kind::kAlert, "alert"},
                                                            {Condition::Kind::kSilent, "silent"}}};
inline constexpr Words<LogPattern::Meaning, 3> kMeaningWords{
    {{LogPattern::Meaning::kWanDown, "wan_down"},
     {LogPattern::Meaning::kWanUp, "wan_up"},
     {LogPattern::Meaning::kSwitch, "switch"}}};

// One overload per enumeration: templates find the words of theirs. That of FaultKind stands with
// the faults.
constexpr const auto& words_of(Direction) {
  return kDirectionWords;
}
constexpr const auto& words_of(FaultDirection) {
  return kFaultDirectionWords;
}
constexpr const auto& words_of(EngineChoice) {
  return kEngineWords;
}
constexpr const auto& words_of(ArpMode) {
  return kArpModeWords;
}
constexpr const auto& words_of(ServiceMode) {
  return kServiceModeWords;
}
constexpr const auto& words_of(FailoverDuty) {
  return kDutyWords;
}
constexpr const auto& words_of(NodeKind) {
  return kNodeKindWords;
}
constexpr const auto& words_of(ServiceKind) {
  return kServiceKindWords;
}
constexpr const auto& words_of(MediaPeer) {
  return kMediaPeerWords;
}
constexpr const auto& words_of(Condition::Kind) {
  return kConditionWords;
}
constexpr const auto& words_of(LogPattern::Meaning) {
  return kMeaningWords;
}

template <typename Enum>
requires requires(Enum value) {
  words_of(value);
}
constexpr std::string_view word_of(Enum value) {
  for (const auto& [candidate, word] : words_of(value))
    if (candidate == value) return word;
  return "";
}

/// Nothing for a word that is none of the enumeration's.
template <typename Enum>
constexpr std::optional<Enum> parse_word(std::string_view text) {
  for (const auto& [value, word] : words_of(Enum{}))
    if (word == text) return value;
  return std::nullopt;
}
/// Those of kinds of sessions stand in their rows.
template <>
inline std::optional<TrafficKind> parse_word<TrafficKind>(std::string_view text) {
  return parse_kind(text);
}

}  // namespace wandrill
