// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/units.hpp"
#include "plan/maybe_const.hpp"

namespace wandrill {

/// What a call's voice is coded with, as far as its packets and its quality go.
struct CodecPlan {
  std::string name;
  std::uint8_t payload_type = 0;    ///< RFC 3551 6; dynamic ones from 96 on.
  std::uint32_t clock_rate = 8000;  ///< Of the RTP time stamp, per second.
  Nanos look_ahead{0};              ///< Of the coder, beyond its packet.
  double equipment_impairment = 0;  ///< Ie of ITU-T G.107 (G.113 Appendix I).
  double loss_robustness = 1;       ///< Bpl of ITU-T G.107 (G.113 Appendix I).
};

/// What only a call has.
struct CallPlan {
  CodecPlan codec;
  /// The receiver's playout buffer, of fixed length: what comes later is discarded.
  Nanos playout{0};
  /// After a silence longer than this the buffer starts afresh with the next packet.
  Nanos resync{0};
};

void visit_fields(auto&& visit, MaybeConst<CodecPlan> auto& value) {
  visit("name", value.name);
  visit("payload_type", value.payload_type);
  visit("clock_rate", value.clock_rate);
  visit("look_ahead_ns", value.look_ahead);
  visit("ie", value.equipment_impairment);
  visit("bpl", value.loss_robustness);
}

void visit_fields(auto&& visit, MaybeConst<CallPlan> auto& value) {
  visit("codec", value.codec);
  visit("playout_ns", value.playout);
  visit("resync_ns", value.resync);
}

}  // namespace wandrill
