// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "traffic/session.hpp"
#include "traffic/sip/sip_media.hpp"
#include "traffic/sip/sip_pbx.hpp"
#include "traffic/sip/sip_phone.hpp"
#include "traffic/sip/sip_transport.hpp"

namespace wandrill {

class SipTcpPhoneTransport;

/// A phone and its far end, with signalling over UDP or TCP, and voice beside it.
class SipSession final : public Session, private Timed {
 public:
  /// Throws std::system_error (address, port).
  SipSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find);
  ~SipSession() override;

  void start(Clock::time_point at) override;
  void stop() override;

 private:
  void due(Clock::time_point scheduled) override;
  void from_pbx(std::string_view text);
  void from_phone(std::string_view text, const SocketAddress& source);
  void do_phone(const SipActions& acts);
  void do_pbx(const SipActions& acts);
  void tell(const SipAction& act) const;
  void record(const char* end, bool sent, std::string_view text) const;
  [[nodiscard]] RunInstant now() const { return context_.flows.origin().at(Clock::now()); }

  const TrafficContext& context_;
  const SessionPlan& plan_;
  SipPhone phone_;
  SipPbx pbx_;
  SipMedia phone_media_;
  SipMedia pbx_media_;
  std::unique_ptr<SipTransport> phone_transport_;
  std::unique_ptr<SipTransport> pbx_transport_;
  SipTcpPhoneTransport* connecting_ = nullptr;  ///< phone_transport_, over TCP.
  bool running_ = false;
};

}  // namespace wandrill
