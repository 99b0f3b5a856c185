// SPDX-License-Identifier: Apache-2.0
#include "traffic/traffic.hpp"

#include <cassert>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <sys/random.h>

#include "base/error.hpp"
#include "traffic/alert/alert_receiver.hpp"
#include "traffic/kinds.hpp"
#include "traffic/tap/host_tap.hpp"
#include "traffic/tap/tap.hpp"
#include "traffic/tap/wan_classifier.hpp"
#include "traffic/tester/watchdog.hpp"
#include "traffic/udp/echo.hpp"

namespace wandrill {
namespace {

namespace asio = boost::asio;

std::uint64_t draw_nonce() {
  std::uint64_t nonce = 0;
  check(::getrandom(&nonce, sizeof nonce, 0), "draw a random number");
  return nonce;
}

}  // namespace

/// Members in the order of their dependence: what is below is gone first.
struct Traffic::State {
  State(asio::io_context& io, const TrafficPlan& traffic, const FindNetNs& find,
        FlowRecorder flow_recorder)
      : plan{traffic},
        flows{std::move(flow_recorder)},
        wan_classifier{context, traffic},
        loop_entry{io, poller.fd()} {
    for (std::size_t i = 0; i < plan.sessions.size(); ++i)
      open(i, find);
    wait();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { loop_entry.release(); }  // the poller closes its descriptor itself

  void open(std::size_t session, const FindNetNs& find) {
    const auto& session_plan = plan.sessions[session];
    const auto& kind = live_kind(session_plan.kind);
    const auto& live = sessions.emplace_back(kind.open(context, session_plan, find));
    wan_classifier.add_session(session, {.far_ends = kind.far_ends(session_plan),
                                         .router_may_forward = kind.router_may_forward,
                                         .listener = live.wan_listener.get()});
  }

  void start(Begins what, Clock::time_point at) const {
    for (std::size_t i = 0; i < sessions.size(); ++i)
      if (const auto& session = sessions[i].session;
          session && live_kind(plan.sessions[i].kind).begins == what)
        session->start(at);
  }

  void wait() {
    const std::weak_ptr<int> token = alive;
    loop_entry.async_wait(asio::posix::stream_descriptor::wait_read,
                          [this, token](const boost::system::error_code& error) {
                            if (error || token.expired()) return;
                            poller.dispatch();
                            wait();
                          });
  }

  const TrafficPlan& plan;
  FlowRecorder flows;
  Poller poller;
  Timers timers{poller};
  RealtimeOffset realtime;
  TrafficContext context{flows, poller, timers, realtime, draw_nonce()};
  Watchdog watchdog{context, realtime};
  WanClassifier wan_classifier;
  std::vector<LiveSession> sessions;
  std::vector<std::unique_ptr<Echo>> echoes;
  std::vector<std::unique_ptr<AlertReceiver>> monitors;
  std::vector<std::unique_ptr<Tap>> taps;
  std::vector<std::unique_ptr<HostTap>> host_taps;
  asio::posix::stream_descriptor loop_entry;
  /// Shared only to be observed: a completion that is already queued finds out that we are gone.
  std::shared_ptr<int> alive = std::make_shared<int>();
};

Traffic::Traffic(asio::io_context& io, const TrafficPlan& plan, const FindNetNs& find,
                 Recorder& recorder, RunOrigin origin)
    : state_{std::make_unique<State>(io, plan, find, FlowRecorder{plan, recorder, origin})} {}
Traffic::Traffic(Traffic&&) noexcept = default;
Traffic& Traffic::operator=(Traffic&&) noexcept = default;
Traffic::~Traffic() = default;

void Traffic::add_echo(const NetNs& where, const IpAddress& address, std::uint16_t port) {
  state_->echoes.push_back(std::make_unique<Echo>(state_->context, where, address, port));
}

void Traffic::add_monitor(const std::string& node, const NetNs& where, const IpAddress& address) {
  state_->monitors.push_back(
      std::make_unique<AlertReceiver>(state_->context, node, where, address));
}

void Traffic::add_tap(const TappedWan& wan, const NetNs& where, const std::string& interface,
                      CaptureFile* file) {
  state_->wan_classifier.add_wan(wan.number, {wan.networks, wan.barred});
  state_->taps.push_back(std::make_unique<Tap>(state_->context, state_->wan_classifier,
                                               Tap::Wan{wan.number, wan.name}, where, interface,
                                               file));
}

void Traffic::add_host_tap(std::size_t session, bool is_client, const NetNs& where,
                           const std::string& interface) {
  auto* listener = state_->sessions[session].host_listener.get();
  assert(listener != nullptr);
  const auto end = is_client ? HostListener::End::kClient : HostListener::End::kServer;
  state_->host_taps.push_back(
      std::make_unique<HostTap>(state_->context, *listener, end, where, interface));
}

void Traffic::start(Clock::time_point at) {
  state_->start(Begins::kWithTraffic, at);
}

void Traffic::start_timeline(Clock::time_point at) {
  state_->start(Begins::kWithTimeline, at);
}

void Traffic::stop() {
  for (const auto& live : state_->sessions)
    if (live.session) live.session->stop();
}

void Traffic::flush() {
  state_->wan_classifier.flush();
}

SessionView Traffic::view(std::size_t session) const {
  return state_->flows.view(session, state_->flows.origin().at(Clock::now()));
}

std::optional<RunInstant> Traffic::lossless_since(FlowId flow) {
  return state_->flows.lossless_since(flow, state_->flows.origin().at(Clock::now()));
}

}  // namespace wandrill
