// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/sip/sip_connection.hpp"
#include "traffic/sip/sip_transport.hpp"
#include "traffic/timers.hpp"

namespace wandrill {

/// The one connection over which a phone and its far end speak. It is opened by the phone, and
/// anew 500 ms after it was lost: closed, reset, or dead, which a keepalive without an answer tells
/// (RFC 5626 4.4.1: within 10 s).
class SipTcpPhoneTransport final : public SipTransport, private Watcher {
 public:
  struct Events {
    Take take;
    std::function<void()> up;
    std::function<void(const std::string& why)> down;  ///< One that stood.
  };
  /// All but `events` must outlive it.
  SipTcpPhoneTransport(const TrafficContext& context, const SessionPlan& session,
                       const NetNs& where, Events events);

  void start();
  /// Opens no more connections.
  void stop() { running_ = false; }
  void send(const std::string& text, const SocketAddress& peer) override;

 private:
  void ready(std::uint32_t events) override;
  void connect();
  void finish_connecting();
  void ping();
  void lose(const std::string& why);

  const TrafficContext& context_;
  const SessionPlan& session_;
  const NetNs& where_;
  Events events_;
  SocketAddress server_;
  std::uint16_t next_port_;
  std::optional<SipConnection> connection_;
  Poller::Watch watch_;
  bool established_ = false;
  bool running_ = false;
  Alarm retry_;
  Alarm give_up_;  ///< While connecting; then, while a ping has no answer.
  Alarm ping_;
};

}  // namespace wandrill
