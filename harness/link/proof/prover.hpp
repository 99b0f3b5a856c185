// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/patience.hpp"
#include "base/unique_fd.hpp"
#include "link/effect.hpp"
#include "link/proof/prover_frame.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// Sends frames of its own across one WAN link, from the router's port to the ISP's and back, and
/// sees which arrive and when. It needs no address and no help of router or ISP, and no engine.
class Prover {
 public:
  Prover(const NetNs& router, const std::string& router_interface, const NetNs& isp,
         const std::string& isp_interface);

  /// Sends a frame now and returns its number within the direction. A port without link loses it.
  std::size_t send(Direction direction, std::size_t size = kSmallProverFrame,
                   const ProbeHead& head = {});
  /// Takes note of what has arrived. Never blocks.
  void collect();
  [[nodiscard]] const Observation& observation(Direction direction,
                                               std::size_t number) const noexcept {
    return sent_[direction == Direction::kUp ? 0 : 1][number];
  }
  [[nodiscard]] bool router_has_carrier();
  [[nodiscard]] bool isp_has_carrier();

 private:
  /// One end of the link.
  struct End {
    std::string interface;
    Netlink netlink;
    UniqueFd socket;
    std::array<std::uint8_t, 6> mac{};
  };
  static End make_end(const NetNs& ns, const std::string& interface);
  void collect(End& end, Direction arriving);

  End router_;
  End isp_;
  std::uint32_t id_;  ///< Tells its frames from those of another Prover.
  std::array<std::vector<Observation>, 2> sent_;
};

/// Finds out whether one effect shows. Start it once the change is acknowledged, then poll it every
/// millisecond or two until it is not pending: it sends and collects frames by itself.
class EffectCheck {
 public:
  EffectCheck(Prover& prover, const EffectWanted& wanted)
      : prover_{prover},
        wanted_{wanted},
        pattern_{pattern_for(wanted)},
        patience_{pattern_.patience, {}} {}

  void start(const Patience::Look& now);
  [[nodiscard]] Proof poll(const Patience::Look& now);
  [[nodiscard]] const EffectWanted& wanted() const noexcept { return wanted_; }

 private:
  void send_due(Clock::time_point now);

  Prover& prover_;
  EffectWanted wanted_;
  ProbePattern pattern_;
  Patience patience_;
  Clock::time_point start_{};
  Clock::time_point next_send_{};
  Clock::time_point batch_start_{};
  int sent_in_batch_ = 0;
  std::vector<std::size_t> numbers_;
  Proof proof_;
};

/// Proves a whole change of a link: every effect that it must have, in both directions, and what
/// the ports must see. Bursts that fill a limited rate come after everything else.
class ChangeProof {
 public:
  ChangeProof(Prover& prover, const LinkState& before, const LinkState& after);

  void start(const Patience::Look& now);
  /// Proven when every effect is (or none can be seen: kUnproven), refuted by the first that is;
  /// `observed` is the earliest among the directions that changed, `detail` joins them all.
  [[nodiscard]] Proof poll(const Patience::Look& now);

 private:
  [[nodiscard]] std::string wrong_carrier();
  [[nodiscard]] Proof conclude() const;

  Prover& prover_;
  LinkState after_;
  std::vector<EffectCheck> first_;
  std::vector<EffectCheck> bursts_;
  bool bursting_ = false;
  Patience for_carrier_;
  std::vector<std::pair<EffectWanted, Proof>> done_;
};

}  // namespace wandrill
