// SPDX-License-Identifier: Apache-2.0
#include "protocol/ip_packet.hpp"

#include <vector>

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using Frame = std::vector<std::uint8_t>;

Frame operator+(Frame a, const Frame& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Frame ethernet(std::uint8_t high, std::uint8_t low) {
  return Frame(12, 2) + Frame{high, low};
}

/// 10.0.30.10 to 203.0.113.10, DSCP 46, as long as `bytes` says.
Frame ipv4(std::uint8_t protocol, std::uint8_t bytes, std::uint8_t fragment = 0) {
  return {0x45, 46 << 2, 0,  bytes, 0,  1,  0,   fragment, 64,  protocol,
          0,    0,       10, 0,     30, 10, 203, 0,        113, 10};
}

Frame udp_header() {
  return {0x4e, 0x20, 0x27, 0x10, 0, 12, 0, 0};
}

}  // namespace

TEST_CASE("A UDP packet's addresses, ports, DSCP and payload are read", "[ip_packet]") {
  const auto frame = ethernet(8, 0) + ipv4(17, 32) + udp_header() + Frame{1, 2, 3, 4};
  const auto packet = parse_frame(frame);
  REQUIRE(packet);
  CHECK(to_string(packet->source) == "10.0.30.10");
  CHECK(packet->destination_port == 10000);
  CHECK(packet->dscp == 46);
  CHECK(packet->payload.size() == 4);
  CHECK(to_text(*packet) == "UDP 10.0.30.10:20000 > 203.0.113.10:10000, 32 bytes");
}

TEST_CASE("Of a TCP segment the sequence number and whether it begins a stream are read",
          "[ip_packet]") {
  const Frame segment{0x4e, 0x20, 0x27, 0x10, 0x80, 0, 0, 7, 0, 0,
                      0,    0,    0x50, 0x12, 0,    0, 0, 0, 0, 0};
  const auto packet = parse_frame(ethernet(8, 0) + ipv4(6, 40) + segment);
  REQUIRE(packet);
  CHECK(packet->tcp_sequence == 0x80000007);
  CHECK(packet->is_tcp_syn);
}

TEST_CASE("Padding of a short frame is no payload", "[ip_packet]") {
  const auto frame = ethernet(8, 0) + ipv4(17, 32) + udp_header() + Frame(30, 9);
  CHECK(parse_frame(frame)->payload.size() == 4);
}

TEST_CASE("A later fragment has addresses and no ports", "[ip_packet]") {
  const auto packet = parse_frame(ethernet(8, 0) + ipv4(17, 32, 100) + udp_header() + Frame(4, 1));
  REQUIRE(packet);
  CHECK(packet->is_later_fragment);
  CHECK(packet->source_port == 0);
  CHECK(packet->payload.empty());
}

TEST_CASE("What is no IP, or cut short within its header, is nothing", "[ip_packet]") {
  const auto whole = ethernet(8, 0) + ipv4(17, 32) + udp_header();
  CHECK_FALSE(parse_frame(ethernet(8, 6) + Frame(28, 1)));
  for (std::size_t length = 0; length < 34; ++length)
    CHECK_FALSE(parse_frame(std::span{whole}.first(length)));
}

TEST_CASE("A TCP header that claims less than 20 bytes has no payload", "[ip_packet]") {
  auto segment = Frame(20, 0);
  segment[12] = 0x10;
  CHECK(parse_frame(ethernet(8, 0) + ipv4(6, 44) + segment + Frame(4, 7))->payload.empty());
  segment[12] = 0x50;
  CHECK(parse_frame(ethernet(8, 0) + ipv4(6, 44) + segment + Frame(4, 7))->payload.size() == 4);
}

TEST_CASE("IPv6 is read behind its extension headers", "[ip_packet]") {
  Frame header{0x6b, 0x80, 0, 0, 0, 20, 60, 64};
  header = header + Frame(15, 0) + Frame{1} + Frame(15, 0) + Frame{2};
  const auto packet = parse_frame(ethernet(0x86, 0xdd) + header + Frame{17, 0, 0, 0, 0, 0, 0, 0} +
                                  udp_header() + Frame(4, 5));
  REQUIRE(packet);
  CHECK(packet->protocol == kProtocolUdp);
  CHECK(packet->dscp == 46);
  CHECK(packet->source_port == 20000);
  CHECK(to_text(*packet) == "UDP [::1]:20000 > [::2]:10000, 60 bytes");
}

}  // namespace wandrill
