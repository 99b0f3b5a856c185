// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/wan_presets.hpp"

#include <algorithm>
#include <array>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr BitsPerSecond operator""_mbit(unsigned long long value) {
  return {value * 1'000'000};
}

// Delay: half of the round trip that the source measured. Sources: docs/faults.md.
constexpr std::array<WanPreset, 7> kPresets{{
    {.name = "fibre",
     .up = {.delay = 12ms, .jitter = 500us, .rate = 100_mbit},
     .down = {.delay = 12ms, .jitter = 500us, .rate = 300_mbit}},
    {.name = "cable",
     .up = {.delay = 16ms, .jitter = 3ms, .rate = 20_mbit},
     .down = {.delay = 16ms, .jitter = 2ms, .rate = 200_mbit}},
    {.name = "dsl",
     .up = {.delay = 24ms, .jitter = 2ms, .rate = 5_mbit},
     .down = {.delay = 24ms, .jitter = 2ms, .rate = 25_mbit}},
    {.name = "lte",
     .up = {.loss = {0.1}, .delay = 25ms, .jitter = 10ms, .rate = 8_mbit},
     .down = {.loss = {0.1}, .delay = 25ms, .jitter = 8ms, .rate = 30_mbit}},
    {.name = "5g",
     .up = {.loss = {0.05}, .delay = 15ms, .jitter = 5ms, .rate = 15_mbit},
     .down = {.loss = {0.05}, .delay = 15ms, .jitter = 4ms, .rate = 130_mbit}},
    {.name = "starlink",
     .up = {.loss = {0.2}, .delay = 25ms, .jitter = 5ms, .rate = 15_mbit},
     .down = {.loss = {0.2}, .delay = 25ms, .jitter = 5ms, .rate = 150_mbit}},
    {.name = "geo",
     .up = {.loss = {0.1}, .delay = 300ms, .jitter = 10ms, .rate = 10_mbit},
     .down = {.loss = {0.1}, .delay = 300ms, .jitter = 10ms, .rate = 100_mbit}},
}};

}  // namespace

std::span<const WanPreset> wan_presets() {
  return kPresets;
}

WanPreset typical_line(std::string_view name) {
  const auto found = std::ranges::find(kPresets, name, &WanPreset::name);
  return found == kPresets.end() ? WanPreset{} : *found;
}

}  // namespace wandrill
