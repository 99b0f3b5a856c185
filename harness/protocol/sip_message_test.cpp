// SPDX-License-Identifier: Apache-2.0
#include "protocol/sip_message.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

constexpr const char* kInvite =
    "INVITE sip:pbx@203.0.113.20 SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.168.1.20:30000;rport;branch=z9hG4bK7\r\n"
    "Max-Forwards: 70\r\n"
    "From: <sip:phone@203.0.113.20>;tag=a1\r\n"
    "To: <sip:pbx@203.0.113.20>\r\n"
    "Call-ID: c-1@phone\r\n"
    "CSeq: 7 INVITE\r\n"
    "Content-Length: 0\r\n\r\n";

constexpr const char* kOk =
    "SIP/2.0 200 OK\r\n"
    "Via: SIP/2.0/UDP 192.168.1.20:30000;rport;branch=z9hG4bK7\r\n"
    "From: <sip:phone@203.0.113.20>;tag=a1\r\n"
    "To: <sip:pbx@203.0.113.20>;tag=b2\r\n"
    "Call-ID: c-1@phone\r\n"
    "CSeq: 7 INVITE\r\n"
    "Content-Length: 0\r\n\r\n";

}  // namespace

TEST_CASE("A SIP request is read", "[sip_message]") {
  const auto message = parse_sip(kInvite);
  REQUIRE(message);
  CHECK(message->is_request());
  CHECK(message->method == "INVITE");
  CHECK(message->call_id == "c-1@phone");
  CHECK(message->cseq == 7);
  CHECK(message->branch == "z9hG4bK7");
  CHECK(message->to_tag.empty());
  CHECK(message->via == "Via: SIP/2.0/UDP 192.168.1.20:30000;rport;branch=z9hG4bK7\r\n");
}

TEST_CASE("A SIP response tells which request it is to", "[sip_message]") {
  const auto message = parse_sip(kOk);
  REQUIRE(message);
  CHECK(message->status == 200);
  CHECK(message->method == "INVITE");
  CHECK(message->to_tag == "b2");
}

TEST_CASE("What is no SIP, cut short, or lacks what it must have is nothing", "[sip_message]") {
  CHECK_FALSE(parse_sip(""));
  CHECK_FALSE(parse_sip("GET / HTTP/1.1\r\n\r\n"));
  CHECK_FALSE(parse_sip("INVITE sip:a SIP/2.0\r\n\r\n"));
  CHECK_FALSE(parse_sip(std::string_view{kInvite}.substr(0, 80)));
  CHECK_FALSE(parse_sip(std::string(10, '\0')));
  std::string other{kInvite};
  other.replace(other.find("7 INVITE"), 8, "7 BYE");
  CHECK_FALSE(parse_sip(other));
}

TEST_CASE("The start of a cut message tells what it is", "[sip_message]") {
  CHECK(sip_start("REGISTER sip:203.0.113.20 SIP/2.0\r\nVia: SI") == "REGISTER");
  CHECK(sip_start("SIP/2.0 200 OK\r\nVi") == "200");
  CHECK(sip_start("SIP/2.0 2x0 OK").empty());
  CHECK(sip_start("GET / HTTP/1.1").empty());
  CHECK(sip_start("").empty());
}

}  // namespace wandrill
