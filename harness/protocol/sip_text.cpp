// SPDX-License-Identifier: Apache-2.0
#include "protocol/sip_text.hpp"

#include <fmt/format.h>

namespace wandrill {
namespace {

std::string host_text(const IpAddress& address) {
  return address.family() == Family::kIpv4 ? to_string(address)
                                           : fmt::format("[{}]", to_string(address));
}

std::string sdp_of(const SipEndpoint& end) {
  const char* family = end.address.family() == Family::kIpv4 ? "IP4" : "IP6";
  return fmt::format(
      "v=0\r\no=- 1 1 IN {0} {1}\r\ns=-\r\nc=IN {0} {1}\r\nt=0 0\r\nm=audio {2} RTP/AVP 0\r\n",
      family, to_string(end.address), end.media_port);
}

std::string body_headers(const std::string& body) {
  if (body.empty()) return "Content-Length: 0\r\n\r\n";
  return fmt::format("Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{}", body.size(),
                     body);
}

std::string tag_text(const std::string& tag) {
  return tag.empty() ? "" : ";tag=" + tag;
}

const char* reason_of(int status) {
  switch (status) {
    case 100:
      return "Trying";
    case 180:
      return "Ringing";
    case 200:
      return "OK";
    case 405:
      return "Method Not Allowed";
    case 481:
      return "Call/Transaction Does Not Exist";
    case 500:
      return "Server Internal Error";
    default:
      return "Response";
  }
}

std::string contact_of(const SipEndpoint& own) {
  return fmt::format("<sip:{}@{}:{}{}>", own.user, host_text(own.address), own.port,
                     own.over_tcp ? ";transport=tcp" : "");
}

/// The Via headers of a request with the place that it was seen to come from in the topmost.
std::string via_with_source(const SipMessage& request, const std::optional<SocketAddress>& source) {
  constexpr std::string_view kAsked = ";rport";
  const auto end = request.via.find("\r\n");
  const auto asked = request.via.find(kAsked);
  if (!source || asked == std::string::npos || asked > end) return request.via;
  const auto after = asked + kAsked.size();
  if (after < end && request.via[after] != ';') return request.via;
  auto via = request.via;
  via.insert(after, fmt::format("={};received={}", source->port(), to_string(source->address())));
  return via;
}

}  // namespace

std::string sip_request(const SipRequestSpec& spec, const SipEndpoint& own,
                        const SipEndpoint& peer) {
  const auto domain = host_text(peer.address);
  return fmt::format(
             "{method} sip:{peer}@{domain}:{port} SIP/2.0\r\n"
             "Via: SIP/2.0/{carrier} {host}:{own_port};rport;branch={branch}\r\n"
             "Max-Forwards: 70\r\n"
             "From: <sip:{user}@{domain}>{from_tag}\r\n"
             "To: <sip:{to}@{domain}>{to_tag}\r\n"
             "Call-ID: {call_id}\r\n"
             "CSeq: {cseq} {method}\r\n"
             "Contact: {contact}\r\n"
             "{more}",
             fmt::arg("method", spec.method), fmt::arg("peer", peer.user),
             fmt::arg("domain", domain), fmt::arg("port", peer.port),
             fmt::arg("host", host_text(own.address)), fmt::arg("own_port", own.port),
             fmt::arg("contact", contact_of(own)),
             fmt::arg("carrier", own.over_tcp ? "TCP" : "UDP"), fmt::arg("branch", spec.branch),
             fmt::arg("user", own.user), fmt::arg("from_tag", tag_text(spec.from_tag)),
             fmt::arg("to", spec.method == "REGISTER" ? own.user : peer.user),
             fmt::arg("to_tag", tag_text(spec.to_tag)), fmt::arg("call_id", spec.call_id),
             fmt::arg("cseq", spec.cseq), fmt::arg("more", spec.more_headers)) +
         body_headers(spec.has_offer ? sdp_of(own) : "");
}

std::string sip_response(const SipMessage& request, const SipResponseSpec& spec,
                         const SipEndpoint& own) {
  // RFC 3261 12.1.1: what makes a dialog tells where its next requests go.
  const bool makes_dialog = request.method == "INVITE" && spec.status < 300;
  return fmt::format("SIP/2.0 {} {}\r\n{}From: {}\r\nTo: {}{}\r\nCall-ID: {}\r\nCSeq: {} {}\r\n",
                     spec.status, reason_of(spec.status), via_with_source(request, spec.source),
                     request.from, request.to, request.to_tag.empty() ? tag_text(spec.to_tag) : "",
                     request.call_id, request.cseq, request.method) +
         (makes_dialog ? fmt::format("Contact: {}\r\n", contact_of(own)) : "") + spec.more_headers +
         body_headers(spec.has_answer ? sdp_of(own) : "");
}

}  // namespace wandrill
