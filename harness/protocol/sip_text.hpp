// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "base/ip_address.hpp"
#include "protocol/sip_message.hpp"

namespace wandrill {

/// Where one end of a SIP session is.
struct SipEndpoint {
  std::string user;
  IpAddress address;
  std::uint16_t port = 0;        ///< Of signalling.
  std::uint16_t media_port = 0;  ///< Of voice.
  bool over_tcp = false;         ///< What carries its signalling.
};

/// What makes a request of its own.
struct SipRequestSpec {
  std::string method;
  std::uint32_t cseq = 1;
  std::string branch;
  std::string call_id;
  std::string from_tag;
  std::string to_tag;        ///< Empty outside of a dialog.
  bool has_offer = false;    ///< It carries SDP (RFC 4566): one G.711 stream.
  std::string more_headers;  ///< Each with its CRLF.
};

/// What makes a response of one's own.
struct SipResponseSpec {
  int status = 200;
  std::string to_tag;                   ///< Added where the request has none.
  bool has_answer = false;              ///< It carries SDP.
  std::string more_headers;             ///< Each with its CRLF.
  std::optional<SocketAddress> source;  ///< Where the request was seen to come from.
};

/// A request (RFC 3261 7.1), which asks for answers to where it comes from (RFC 3581).
std::string sip_request(const SipRequestSpec& spec, const SipEndpoint& own,
                        const SipEndpoint& peer);
/// The response to a request. To one that asks for it, it tells where that came from (RFC 3581 4).
std::string sip_response(const SipMessage& request, const SipResponseSpec& spec,
                         const SipEndpoint& own);

}  // namespace wandrill
