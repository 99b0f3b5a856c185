// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "link/proof/probe_head.hpp"
#include "plan/impairment.hpp"
#include "plan/traffic_filter.hpp"

namespace wandrill {

/// What packets that match a filter meet before the line itself.
struct StageState {
  TrafficFilter filter;
  Impairment up;
  Impairment down;

  [[nodiscard]] const Impairment& of(Direction direction) const noexcept {
    return direction == Direction::kUp ? up : down;
  }
};

/// What a WAN link does as a whole.
struct LinkState {
  Impairment up;
  Impairment down;
  std::vector<StageState> stages{};  ///< As laid out for the link: only their values change.
  bool router_port_up = true;
  bool isp_port_up = true;

  [[nodiscard]] const Impairment& of(Direction direction) const noexcept {
    return direction == Direction::kUp ? up : down;
  }
  /// Nothing passes in this direction.
  [[nodiscard]] bool dark(Direction direction) const noexcept;
  /// What a frame with this head meets: the line, and the stages that it matches.
  [[nodiscard]] Impairment met_by(const ProbeHead& head, Direction direction) const;
};

/// Something that frames can show about one direction of a link.
enum class Effect : std::uint8_t {
  kDark,       ///< No frame arrives.
  kClean,      ///< Frames arrive, within the steady delay.
  kDelay,      ///< Frames are held for longer than before.
  kJitter,     ///< Their delay varies.
  kLoss,       ///< A share of them is lost.
  kRate,       ///< A burst is spread over the time that its bytes take.
  kReorder,    ///< A share of the frames overtakes the delay.
  kDuplicate,  ///< A share of them comes twice.
  kCorrupt,    ///< A share of them is not as it was sent.
  kLifted      ///< A burst is no longer spread as it was at the old rate.
};

std::string_view to_string(Effect effect);

struct EffectWanted {
  Effect effect = Effect::kClean;
  Direction direction = Direction::kUp;
  Impairment before;
  Impairment after;
  bool changed = true;  ///< False where a direction must only be as it was.
  ProbeHead head{};     ///< Of the frames that show it.
};

/// The share of the frames in which the effect shows, and how clustered they are; of loss, reorder,
/// duplicate and corrupt.
CorrelatedProbability share_of(const EffectWanted& wanted);

/// What must be seen on the wire for a change to have happened. A direction that is open and did
/// not change must be clean: a fault in one direction must leave the other alone. Where a stage
/// changed, frames that match its filter must show it, and frames that miss it by one thing must
/// not.
std::vector<EffectWanted> effects_of(const LinkState& before, const LinkState& after);

/// How frames are sent to show an effect: batches of `batch` frames `interval` apart, `pause` from
/// the start of one to the start of the next.
struct ProbePattern {
  std::size_t size = 60;  ///< Bytes of each frame.
  Nanos interval{0};
  int batch = 1;
  Nanos pause{0};
  /// A frame that has not come for this long is lost.
  Nanos settle{0};
  /// An effect that has not shown for this long is not there; see Patience.
  Nanos patience{0};
};

ProbePattern pattern_for(const EffectWanted& wanted);

/// One frame that was sent.
struct Observation {
  Clock::time_point sent;
  std::optional<Nanos> latency;  ///< Of its first arrival. Nothing: not arrived yet, or lost.
  int copies = 0;                ///< How often it arrived.
  bool damaged = false;          ///< Not as it was sent.
};

struct Proof {
  enum class Outcome : std::uint8_t {
    kPending,
    kProven,
    kRefuted,
    kUnproven  ///< Too small an effect to be seen in a few frames; the read-back has to do.
  };
  Outcome outcome = Outcome::kPending;
  /// When the first frame was sent that met the effect.
  std::optional<Clock::time_point> observed;
  std::string detail;  ///< For people: "up: 3 of 3 frames lost".
};

/// What these frames, all sent after the change, say by `now`; `start`: when the first was due.
/// Tolerant of a machine that stalls: what comes late may be late by its own fault, but no stall
/// makes a frame early or lost. `lost`: of the time since, what patience does not count.
Proof judge(const EffectWanted& wanted, std::span<const Observation> frames,
            Clock::time_point start, Clock::time_point now, Nanos lost = Nanos{0});

}  // namespace wandrill
