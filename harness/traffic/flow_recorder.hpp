// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "plan/kinds/traffic_plan.hpp"
#include "traffic/arrivals.hpp"

namespace wandrill {

class Recorder;

/// What one flow is doing right now.
struct FlowView {
  std::optional<RunInstant> last_sent;
  std::optional<RunInstant> last_received;
  std::optional<double> recent_loss;  ///< 0…1, over the last second that can be judged.
};

/// The WAN on which a tap last saw a session's packets.
struct WanView {
  std::uint8_t wan = 0;  ///< Index into the Plan's wans.
  RunInstant seen;
};

/// What one session is doing right now, for progress displays and wait conditions.
struct SessionView {
  FlowView up;
  FlowView down;
  std::optional<WanView> up_wan;    ///< Where its packets leave the router.
  std::optional<WanView> down_wan;  ///< Where they come in.
};

/// Takes down every packet twice: in the Recording, which is the truth, and in a small live view.
class FlowRecorder {
 public:
  /// `plan` and `recorder` must outlive the recorder.
  FlowRecorder(const TrafficPlan& plan, Recorder& recorder, RunOrigin origin);

  void sent(FlowId flow, std::uint64_t sequence, Clock::time_point scheduled,
            Clock::time_point actual);
  /// A packet was given to the kernel, which took it (0) or refused it with this errno. Without
  /// buffers the tester's own system is to blame and no router; any other refusal (no route,
  /// unreachable) is the network's answer: the packet counts as sent.
  void tried(FlowId flow, std::uint64_t sequence, Clock::time_point scheduled,
             Clock::time_point actual, int refusal);
  /// The tester's own system refused it (no buffers): no router is to blame.
  void refused(FlowId flow, std::uint64_t sequence, Clock::time_point scheduled);
  /// `stamp` by the kernel, `read` when we came to it.
  void received(FlowId flow, std::uint64_t sequence, Clock::time_point stamp,
                Clock::time_point read);
  /// A tap on WAN number `wan` saw a packet from `source` in this direction at `stamp`.
  struct TapObservation {
    FlowId flow;
    std::uint64_t sequence;
    Clock::time_point stamp;
    std::uint8_t wan;
    Direction direction;
    IpAddress source;
  };
  void tapped(const TapObservation& sighting);

  [[nodiscard]] SessionView view(std::size_t session, RunInstant now) const;
  /// See Arrivals::lossless_since.
  [[nodiscard]] std::optional<RunInstant> lossless_since(FlowId flow, RunInstant now);
  [[nodiscard]] const RunOrigin& origin() const noexcept { return origin_; }
  [[nodiscard]] Recorder& recorder() noexcept { return recorder_; }

 private:
  struct Live {
    Arrivals arrivals;
    std::optional<RunInstant> last_sent;
    std::optional<RunInstant> last_received;
    std::optional<WanView> wan;
  };
  [[nodiscard]] FlowView view_of(const Live& live, RunInstant now) const;

  const TrafficPlan& plan_;
  Recorder& recorder_;
  RunOrigin origin_;
  std::vector<Live> live_;  ///< By flow.
};

}  // namespace wandrill
