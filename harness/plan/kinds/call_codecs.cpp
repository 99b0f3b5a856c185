// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/call_codecs.hpp"

#include <algorithm>
#include <array>

namespace wandrill {

std::span<const CodecProfile> codec_profiles() {
  using namespace std::chrono_literals;
  // Ie and Bpl: ITU-T G.113 Appendix I. Look-ahead: G.729 (5 ms); RFC 6716 2.1.4 (Opus, 6.5 ms).
  static const std::array kProfiles{
      CodecProfile{{.name = "g711", .loss_robustness = 25.1}, Bytes{160}},
      CodecProfile{{.name = "g711_without_plc", .loss_robustness = 4.3}, Bytes{160}},
      CodecProfile{{.name = "g729a",
                    .payload_type = 18,
                    .look_ahead = 5ms,
                    .equipment_impairment = 11,
                    .loss_robustness = 19.0},
                   Bytes{20}},
      CodecProfile{
          {.name = "opus", .payload_type = 111, .clock_rate = 48'000, .look_ahead = 6500us},
          Bytes{60},
          true}};
  return kProfiles;
}

const CodecProfile* find_codec(std::string_view name) {
  const auto profiles = codec_profiles();
  const auto found = std::ranges::find_if(
      profiles, [&](const CodecProfile& profile) { return profile.codec.name == name; });
  return found == profiles.end() ? nullptr : &*found;
}

}  // namespace wandrill
