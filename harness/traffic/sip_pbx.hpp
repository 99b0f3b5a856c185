// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>

#include "traffic/sip_phone.hpp"

namespace wandrill {

/// The far end of a phone: it takes registrations and calls, and asks from time to time whether the
/// phone is there. It decides; who owns it sends and receives.
class SipPbx {
 public:
  SipPbx(const SipPlan& plan, SipEndpoint own, SipEndpoint phone, std::string id);

  SipActs tick(RunTime now, std::optional<RunTime> last_voice);
  /// A datagram came from `source`: the far end answers to there, and calls the phone there.
  SipActs take(std::string_view text, const SocketAddress& source, RunTime now);

  /// Where to send to: where the phone was last heard of. Nothing before.
  [[nodiscard]] const SocketAddress* phone() const noexcept { return phone_ ? &*phone_ : nullptr; }
  /// From where the call that stands was signalled.
  [[nodiscard]] const SocketAddress* signalled_from() const noexcept {
    return signalled_ ? &*signalled_ : nullptr;
  }
  [[nodiscard]] std::uint64_t nonsense() const noexcept { return nonsense_; }

 private:
  void take_request(const SipMessage& message, const SocketAddress& source, RunTime now,
                    SipActs& acts);
  void take_invite(const SipMessage& message, const SocketAddress& source, RunTime now,
                   SipActs& acts);
  void take_response(const SipMessage& message, SipActs& acts);
  void answer(const SipMessage& message, int status, SipActs& acts);
  SipRequestSpec new_request(const std::string& method);

  const SipPlan& plan_;
  SipEndpoint own_;
  SipEndpoint peer_;
  std::string id_;
  std::optional<SocketAddress> phone_;
  std::optional<SocketAddress> signalled_;
  std::string call_id_;  ///< Of the call that stands; empty: none.
  std::string from_tag_;
  RunTime talking_since_;
  std::optional<RunTime> next_options_;
  std::optional<SipTransaction> options_;
  std::optional<SipTransaction> bye_;
  std::string last_branch_;  ///< Of the last request, for those that come twice …
  std::string last_answer_;  ///< … and what was answered.
  std::uint32_t cseq_ = 0;
  std::uint64_t nonsense_ = 0;
};

}  // namespace wandrill
