// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wandrill {

/// What we need of a SIP message (RFC 3261).
struct SipMessage {
  std::string method;  ///< Of the request, or that the response is to (CSeq).
  int status = 0;      ///< Of a response; 0: a request.
  std::string call_id;
  std::uint32_t cseq = 0;
  std::string branch;  ///< Of the topmost Via.
  std::string via;     ///< All Via headers, as written, to be copied into a response.
  std::string from;    ///< The header's value, tag included.
  std::string from_tag;
  std::string to;
  std::string to_tag;  ///< Empty outside of a dialog.
  /// Of a response: where the request was seen to come from (RFC 3581), "100.64.1.2:30000".
  std::string seen_from;
  std::optional<std::uint32_t> expires;          ///< Seconds (RFC 3261 20.19).
  std::optional<std::uint32_t> session_expires;  ///< Seconds (RFC 4028 4).

  [[nodiscard]] bool is_request() const { return status == 0; }
};

/// Reads a datagram by libosip2; nothing for what is no SIP, or lacks one of Via, From, To, Call-ID
/// and CSeq (RFC 3261 8.1.1).
std::optional<SipMessage> parse_sip(std::string_view text);

/// What its first bytes tell of a message that a capture has cut: "REGISTER", "200"; empty: no SIP.
std::string_view sip_start(std::string_view text);

}  // namespace wandrill
