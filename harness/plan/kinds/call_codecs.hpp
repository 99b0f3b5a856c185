// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "base/units.hpp"
#include "plan/kinds/call.hpp"

namespace wandrill {

/// A codec by its name, with what a packet of 20 ms weighs.
struct CodecProfile {
  CodecPlan codec;
  Bytes payload_per_20ms;  ///< Voice only, without the RTP header.
  /// Nobody has published Ie and Bpl of it for this model: a scenario has to say them.
  bool needs_planning_values = false;
};

std::span<const CodecProfile> codec_profiles();
const CodecProfile* find_codec(std::string_view name);

}  // namespace wandrill
