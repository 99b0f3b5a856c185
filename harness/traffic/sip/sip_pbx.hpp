// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "traffic/sip/sip_answers.hpp"
#include "traffic/sip/sip_phone.hpp"

namespace wandrill {

/// The far end of a phone: it takes registrations and calls, and asks from time to time whether the
/// phone is there. It decides; who owns it sends and receives. Answers go to where the request came
/// from (RFC 3581), OPTIONS to where the phone last registered from, and what belongs to a call to
/// where the call was last signalled from.
class SipPbx {
 public:
  SipPbx(const SipPlan& plan, SipEndpoint own, SipEndpoint phone, std::string id);

  SipActions tick(RunInstant now, std::optional<RunInstant> last_voice);
  /// A datagram came from `source`.
  SipActions take(std::string_view text, const SocketAddress& source, RunInstant now);

  /// Where the phone is registered. Nothing before, and after the registration has run out.
  [[nodiscard]] const SocketAddress* phone() const noexcept {
    return binding_ ? &binding_->contact : nullptr;
  }
  /// From where the call that stands was signalled.
  [[nodiscard]] const SocketAddress* signalled_from() const noexcept {
    return call_ ? &call_->signalled_from : nullptr;
  }
  [[nodiscard]] std::uint64_t malformed() const noexcept { return malformed_; }

 private:
  /// A registration (RFC 3261 10.3).
  struct Binding {
    SocketAddress contact;
    std::uint32_t cseq = 0;
    RunInstant until;
  };
  struct Call {
    std::string id;
    std::string from_tag;
    SocketAddress signalled_from;
    std::uint32_t cseq = 0;  ///< The phone's highest.
    RunInstant since;
    std::optional<RunInstant> expires;  ///< RFC 4028: without a refresh by then it is over.
  };
  /// Something of ours that is sent again until it is confirmed.
  struct Pending {
    SipTransaction transaction;
    SocketAddress to;
  };

  void take_request(const SipMessage& message, const SocketAddress& source, RunInstant now,
                    SipActions& acts);
  void take_register(const SipMessage& message, const SocketAddress& source, RunInstant now,
                     SipActions& acts);
  void take_invite(const SipMessage& message, const SocketAddress& source, RunInstant now,
                   SipActions& acts);
  void take_bye(const SipMessage& message, const SocketAddress& source, RunInstant now,
                SipActions& acts);
  void take_response(const SipMessage& message, RunInstant now, SipActions& acts);
  void repeat(std::optional<Pending>& slot, RunInstant now, SipActions& acts);
  void ask_for_phone(RunInstant now, SipActions& acts);
  void watch_call(RunInstant now, std::optional<RunInstant> last_voice, SipActions& acts);
  void hang_up(const std::string& why, RunInstant now, SipActions& acts);
  /// Answers, and remembers that for when the request comes again. `spec` needs no source.
  void answer(const SipMessage& message, SipResponseSpec spec, const SocketAddress& source,
              RunInstant now, SipActions& acts);
  void send(std::optional<Pending>& slot, const SipRequestSpec& spec, const SocketAddress& to,
            RunInstant now, SipActions& acts);
  SipRequestSpec new_request(const std::string& method);

  const SipPlan& plan_;
  SipEndpoint own_;
  SipEndpoint peer_;
  std::string id_;
  std::optional<Binding> binding_;
  std::optional<Call> call_;
  std::optional<RunInstant> next_options_;
  std::optional<Pending> options_;
  std::optional<Pending> bye_;
  std::optional<Pending> ok_;  ///< The 2xx to an INVITE, until its ACK.
  SipAnswers answers_;
  std::uint32_t cseq_ = 0;
  std::uint64_t malformed_ = 0;
};

}  // namespace wandrill
