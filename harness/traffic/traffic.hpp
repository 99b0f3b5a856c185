// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"

namespace boost::asio {
class io_context;
}

namespace wandrill {

class CaptureFile;
class Recorder;

/// All live traffic of a run, in the cell's one event loop: the sessions of the plan, health-check
/// targets, taps, and the watch over the tester itself.
class Traffic {
 public:
  /// Opens every socket; sends nothing yet. `io`, `plan`, `recorder` and the namespaces must
  /// outlive it; `find` is used only here. Throws std::system_error (a socket that cannot be opened
  /// or bound).
  Traffic(boost::asio::io_context& io, const TrafficPlan& plan, const FindNetNs& find,
          Recorder& recorder, RunOrigin origin);
  Traffic(Traffic&&) noexcept;
  Traffic& operator=(Traffic&&) noexcept;
  /// May run at any time, also with sessions alive. Sockets close, nothing is called any more.
  ~Traffic();

  /// Answers UDP echo requests (RFC 862) on this address for as long as this lives.
  void add_echo(const NetNs& where, const IpAddress& address, std::uint16_t port = 7);
  /// Hears what the router tells of itself to `node` at this address, see AlertReceiver.
  void add_monitor(const std::string& node, const NetNs& where, const IpAddress& address);
  /// A WAN to be watched, with the networks that the router's addresses on it are of; with none, no
  /// source is looked at.
  struct TappedWan {
    std::uint8_t number = 0;
    std::string name;
    std::vector<IpPrefix> networks;
    std::vector<std::string> barred{};  ///< Hosts that it is not for.
  };
  /// Watches `interface` of the WAN's slot, on the router's side: frames received there go up,
  /// frames sent there go down. `file`, if any, gets every frame and must outlive this.
  void add_tap(const TappedWan& wan, const NetNs& where, const std::string& interface,
               CaptureFile* file = nullptr);

  /// Watches `interface` of a host that a program of session number `session` runs on.
  void add_host_tap(std::size_t session, bool is_client, const NetNs& where,
                    const std::string& interface);

  /// Traffic begins at `at`: each session at its own phase after it, but those that begin with the
  /// timeline.
  void start(Clock::time_point at);
  /// The timeline begins at `at`, and with it what waited for it, each when it is to.
  void start_timeline(Clock::time_point at);
  /// Sends no more; keeps receiving until destroyed.
  void stop();
  /// Takes down what was counted and not yet told of: before the recording ends.
  void flush();

  /// What session number `session` of the plan is doing right now.
  [[nodiscard]] SessionView view(std::size_t session) const;
  /// Every packet of the flow that was scheduled at or after this, and is old enough to be judged
  /// (at most 500 ms), arrived. Nothing while the flow loses packets, or has sent none. Cheap.
  [[nodiscard]] std::optional<RunInstant> lossless_since(FlowId flow);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wandrill
