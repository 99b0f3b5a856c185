// SPDX-License-Identifier: Apache-2.0
#include "link/proof/evidence.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wandrill {
namespace {

using Outcome = Proof::Outcome;

/// Frames without which nothing is refuted, unless they come in batches.
constexpr std::size_t kFewestFrames = 30;

}  // namespace

std::string Evidence::direction() const {
  return fmt::format("{}{}{}", to_string(wanted.direction), wanted.head.what.empty() ? "" : ", ",
                     wanted.head.what);
}

std::size_t Evidence::arrived() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(frames, [](const auto& frame) { return frame.latency.has_value(); }));
}

double in_milliseconds(Nanos time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

Proof unproven(const Evidence& evidence, std::string_view why) {
  return {Outcome::kUnproven, std::nullopt, fmt::format("{}: {}", evidence.direction(), why)};
}

Proof refuted_or_pending(const Evidence& evidence, std::string_view what) {
  if (!evidence.out_of_patience()) return {};
  const auto settled = static_cast<std::size_t>(std::ranges::count_if(
      evidence.frames,
      [&](const Observation& frame) { return frame.latency.has_value() || evidence.lost(frame); }));
  const auto batch = static_cast<std::size_t>(evidence.pattern.batch);
  if (settled < (batch > 1 ? 2 * batch : kFewestFrames)) {
    if (evidence.now - evidence.start < kStarvation * evidence.pattern.patience) return {};
    return unproven(evidence, "the tester was too busy to tell");
  }
  return {Outcome::kRefuted, std::nullopt,
          fmt::format("{}: {}; {} of {} frames arrived", evidence.direction(), what,
                      evidence.arrived(), evidence.frames.size())};
}

std::vector<Frames> complete_batches(const Evidence& evidence) {
  std::vector<Frames> batches;
  const auto size = static_cast<std::size_t>(evidence.pattern.batch);
  for (std::size_t i = 0; i + size <= evidence.frames.size(); i += size) {
    const auto batch = evidence.frames.subspan(i, size);
    const bool settled = std::ranges::all_of(batch, [&](const Observation& frame) {
      return frame.latency.has_value() || evidence.lost(frame);
    });
    if (settled) batches.push_back(batch);
  }
  return batches;
}

}  // namespace wandrill
