// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/clock.hpp"

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
  std::uint16_t phone_port = 0;  ///< Of signalling, at both ends.
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

}  // namespace wandrill
