// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "plan/kinds/sip.hpp"
#include "protocol/sip_text.hpp"
#include "traffic/sip/sip_answers.hpp"
#include "traffic/sip/sip_transaction.hpp"

namespace wandrill {

/// What an end of a SIP session wants done.
struct SipAction {
  enum class Kind : std::uint8_t {
    kSend,        ///< `text` to the other end.
    kStartMedia,  ///< A call stands: send and take voice.
    kMoveMedia,   ///< Its other end signalled from anew: a re-INVITE.
    kStopMedia,
    kTell  ///< `text` is the session's state, `detail` why.
  };
  Kind kind = Kind::kSend;
  std::string text{};
  std::string detail{};
  std::optional<SocketAddress> to{};  ///< Of the far end's kSend: where to.
};
using SipActions = std::vector<SipAction>;

/// A phone that registers, places one call after another, and answers the far end. It decides;
/// who owns it sends and receives.
class SipPhone {
 public:
  /// `id` tells its calls from those of other runs.
  SipPhone(const SipPlan& plan, SipEndpoint own, SipEndpoint pbx, std::string id);

  /// Time has passed. `last_voice`: when voice was last received in this call, if it was.
  SipActions tick(RunInstant now, std::optional<RunInstant> last_voice);
  /// A datagram came; nonsense is counted.
  SipActions take(std::string_view text, RunInstant now);
  /// Over TCP: a connection stands, over which the phone registers anew, or it is lost, and with
  /// it what waited for an answer (RFC 3261 8.1.3.1).
  SipActions connected(RunInstant now);
  SipActions disconnected(const std::string& why, RunInstant now);
  /// No new calls; a call that stands is ended.
  SipActions hang_up(RunInstant now);

  [[nodiscard]] bool is_talking() const noexcept { return state_ == State::kTalking; }
  [[nodiscard]] std::uint64_t malformed() const noexcept { return malformed_; }

 private:
  enum class State : std::uint8_t { kIdle, kCalling, kTalking, kEnding };
  SipRequestSpec in_dialog(const std::string& method);
  void request(std::optional<SipTransaction>& slot, const SipRequestSpec& spec, RunInstant now,
               SipActions& acts);
  void repeat(std::optional<SipTransaction>& slot, RunInstant now, SipActions& acts);
  void take_response(const SipMessage& message, RunInstant now, SipActions& acts);
  void take_request(const SipMessage& message, RunInstant now, SipActions& acts);
  void answered(const SipMessage& message, RunInstant now, SipActions& acts);
  void answered_anew(const SipMessage& message, RunInstant now, SipActions& acts);
  void answered_too_late(const SipMessage& message, RunInstant now, SipActions& acts);
  void acknowledge(const SipMessage& message, SipActions& acts);
  void note_own_address(const SipMessage& message, SipActions& acts);
  void register_again(RunInstant now, SipActions& acts);
  void invite(RunInstant now, SipActions& acts);
  void watch_call(RunInstant now, std::optional<RunInstant> last_voice, SipActions& acts);
  void end_call(RunInstant now, const std::string& why, SipActions& acts);
  void fail_call(RunInstant now, const std::string& why, SipActions& acts);
  [[nodiscard]] std::string call_id() const;
  std::string next_branch();

  const SipPlan& plan_;
  SipEndpoint own_;
  SipEndpoint pbx_;
  std::string id_;
  State state_ = State::kIdle;
  std::optional<RunInstant> next_registration_;
  std::optional<RunInstant> next_call_;
  std::optional<SipTransaction> registration_;
  std::optional<SipTransaction> call_;  ///< INVITE or BYE of the call.
  /// BYE of a call that was answered after it had been given up.
  std::optional<SipTransaction> late_bye_;
  std::string given_up_;  ///< That call's Call-ID.
  SipAnswers answers_;
  std::string seen_from_;   ///< As whom the far end sees the phone.
  bool has_moved_ = false;  ///< That changed since the call was last signalled.
  RunInstant talking_since_;
  RunInstant refreshed_;
  bool refreshing_ = false;
  bool is_over_ = false;
  bool is_linked_;  ///< Over TCP: a connection stands.
  std::uint32_t registration_cseq_ = 0;
  std::uint32_t call_number_ = 0;
  std::uint32_t cseq_ = 0;
  std::uint32_t branches_ = 0;
  std::string to_tag_;
  std::uint64_t malformed_ = 0;
};

}  // namespace wandrill
