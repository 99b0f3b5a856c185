// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/clock.hpp"
#include "plan/maybe_const.hpp"

namespace wandrill {

/// What the far end of a call does about voice that comes from another address than before.
enum class MediaPeer : std::uint8_t {
  kLatching,  ///< Follows once some packets in a row came from there.
  kHandover,  ///< Follows at the first packet.
  kStrict,    ///< Takes voice from the address that the call's signalling came from, and no other.
  kReinvite   ///< As strict, but a re-INVITE tells it of a new address.
};

/// What only a phone has: its signalling, and the calls that it places.
struct SipPlan {
  static constexpr const char* kKey = "sip";  ///< In a stored plan.
  std::uint16_t phone_port = 0;               ///< Of signalling, at both ends.
  std::uint16_t pbx_port = 0;
  Nanos register_every{0};
  Nanos options_every{0};  ///< How often the far end asks whether the phone is there.
  Nanos talk{0};           ///< How long a call is; 0: until the end.
  Nanos pause{0};          ///< Between two calls.
  Nanos rtp_timeout{0};    ///< The phone hangs up after this long without voice.
  Nanos refresh_every{0};  ///< Session timer (RFC 4028): a re-INVITE this often.
  MediaPeer peer = MediaPeer::kLatching;
  std::uint32_t learn_after = 1;  ///< Of kLatching: packets in a row from the new address.
  Nanos learn_for{0};  ///< Of kLatching: for how long after signalling it may follow; 0: always.
  bool hears_strangers = false;  ///< Of kLatching: takes voice from whom it does not follow.
  Nanos expires{0};              ///< How long the far end believes a registration.
  Nanos far_end_rtp_timeout{0};  ///< As rtp_timeout, of the far end.
  bool over_tcp = false;         ///< What carries the signalling.
  Nanos keepalive{0};            ///< Over TCP: from one keepalive to the next (RFC 5626).
};

void visit_fields(auto&& visit, MaybeConst<SipPlan> auto& value) {
  visit("phone_port", value.phone_port);
  visit("pbx_port", value.pbx_port);
  visit("register_every_ns", value.register_every);
  visit("options_every_ns", value.options_every);
  visit("talk_ns", value.talk);
  visit("pause_ns", value.pause);
  visit("rtp_timeout_ns", value.rtp_timeout);
  visit("refresh_every_ns", value.refresh_every);
  visit("peer", value.peer);
  visit("learn_after", value.learn_after);
  visit("learn_for_ns", value.learn_for);
  visit("hears_strangers", value.hears_strangers);
  visit("expires_ns", value.expires);
  visit("far_end_rtp_timeout_ns", value.far_end_rtp_timeout);
  visit("over_tcp", value.over_tcp);
  visit("keepalive_ns", value.keepalive);
}

}  // namespace wandrill
