// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/packet_header.hpp"
#include "traffic/context.hpp"
#include "traffic/sip/media_latch.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {

/// The voice of one end of a SIP session: it speaks while a call stands.
class SipMedia final : private Watcher, private Timed {
 public:
  enum class Role : std::uint8_t { kPhone, kPbx };

  /// `context` and `session` must outlive it. Throws std::system_error (address, port).
  SipMedia(const TrafficContext& context, const SessionPlan& session, Role role,
           const NetNs& where);
  SipMedia(const SipMedia&) = delete;
  SipMedia& operator=(const SipMedia&) = delete;
  ~SipMedia();

  /// The schedule begins; what it says goes out only between speak() and fall_silent().
  void start(Clock::time_point first);
  void stop();
  /// A call stands, signalled from this address.
  void speak(const IpAddress& signalled_from);
  /// It was signalled anew.
  void move(const IpAddress& signalled_from);
  void fall_silent() { speaks_ = false; }
  /// When voice was last taken in this call.
  [[nodiscard]] std::optional<RunInstant> last_voice() const noexcept { return last_voice_; }

 private:
  void ready(std::uint32_t events) override;
  void due(Clock::time_point scheduled) override;
  void take(const UdpPort::Datagram& datagram, Clock::time_point read);

  const TrafficContext& context_;
  const SessionPlan& session_;
  Role role_;
  FlowId sends_;
  FlowId receives_;
  UdpPort port_;
  Poller::Watch watch_;
  MediaLatch latch_;
  RtpFormat format_;
  std::vector<std::uint8_t> payload_;
  std::uint64_t next_sequence_ = 0;
  bool running_ = false;
  bool speaks_ = false;
  std::optional<RunInstant> last_voice_;
};

}  // namespace wandrill
