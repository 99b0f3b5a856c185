// SPDX-License-Identifier: Apache-2.0
#include "link/wire/packet_match.hpp"

#include "base/testing/catch.hpp"
#include "link/testing/packets.hpp"

using namespace wandrill;
using namespace wandrill::testing;

namespace {

bool matches(const TrafficFilter& filter, const std::vector<std::uint8_t>& frame) {
  return PacketMatch{filter}(frame);
}

const TrafficFilter kSip{.protocol = "udp", .port = {5060, 5060}};

}  // namespace

TEST_CASE("Each key of a filter chooses by its own field, in both families") {
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    const Packet sip{.family = family, .protocol = 17, .source = 9, .destination = 5060};
    const bool v4 = family == Family::kIpv4;
    CHECK(matches(kSip, sip.frame()));
    CHECK(matches({.family = v4 ? "ipv4" : "ipv6"}, sip.frame()));
    CHECK_FALSE(matches({.family = v4 ? "ipv6" : "ipv4"}, sip.frame()));
    CHECK_FALSE(matches({.protocol = "tcp"}, sip.frame()));
    CHECK(matches({.protocol = "udp", .port = {9, 9}}, sip.frame()));
    CHECK(matches({.protocol = "udp", .source_port = {9, 9}}, sip.frame()));
    CHECK_FALSE(matches({.protocol = "udp", .source_port = {5060, 5060}}, sip.frame()));
    CHECK_FALSE(matches({.protocol = "udp", .destination_port = {9, 9}}, sip.frame()));
    CHECK(matches({.protocol = "udp", .port = {5000, 6000}}, sip.frame()));
    CHECK_FALSE(matches({.protocol = "udp", .port = {5061, 6000}}, sip.frame()));
    CHECK(matches({.dscp = 46}, Packet{.family = family, .dscp = 46}.frame()));
    CHECK(matches({.dscp = 46}, Packet{.family = family, .dscp = 46, .ecn = 3}.frame()));
    CHECK_FALSE(matches({.dscp = 46}, Packet{.family = family, .dscp = 47}.frame()));
    CHECK_FALSE(matches({.dscp = 0}, Packet{.family = family, .dscp = 46}.frame()));
    CHECK(matches({.protocol = "icmp"},
                  Packet{.family = family, .protocol = std::uint8_t(v4 ? 1 : 58)}.frame()));
    CHECK(matches({.protocol = "89"}, Packet{.family = family, .protocol = 89}.frame()));
  }
}

TEST_CASE("A size is the IP header's, whatever padding the frame has") {
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    Packet packet{.family = family, .size = 50, .padding = 30};
    CHECK(matches({.min_size = Bytes{50}, .max_size = Bytes{50}}, packet.frame()));
    CHECK_FALSE(matches({.min_size = Bytes{51}}, packet.frame()));
    CHECK_FALSE(matches({.max_size = Bytes{49}}, packet.frame()));
  }
}

TEST_CASE("Options of IPv4 and extension headers of IPv6 are passed over") {
  CHECK(matches(kSip, Packet{.destination = 5060, .options = 40}.frame()));
  for (const auto& extensions : std::vector<std::vector<std::uint8_t>>{
           {0}, {0, 43}, {60, 43, 0, 60}, {44}, {0, 60, 44, 60}}) {
    const Packet packet{.family = Family::kIpv6, .destination = 5060, .extensions = extensions};
    CHECK(matches(kSip, packet.frame()));
    CHECK_FALSE(matches({.protocol = "tcp"}, packet.frame()));
  }
  // More than four are not looked behind.
  const Packet five{
      .family = Family::kIpv6, .destination = 5060, .extensions = {0, 60, 60, 60, 60}};
  CHECK_FALSE(matches(kSip, five.frame()));
  CHECK(matches({.family = "ipv6"}, five.frame()));
}

TEST_CASE("A later fragment has a protocol, a DSCP and a size, but no ports") {
  for (const auto family : {Family::kIpv4, Family::kIpv6}) {
    Packet first{.family = family, .dscp = 46, .destination = 5060};
    if (family == Family::kIpv6) first.extensions = {44};
    auto later = first;
    later.fragment_offset = 1480;
    CHECK(matches(kSip, first.frame()));
    CHECK_FALSE(matches(kSip, later.frame()));
    CHECK(matches({.protocol = "udp", .dscp = 46}, later.frame()));
    CHECK_FALSE(matches({.protocol = "tcp"}, later.frame()));
  }
}

TEST_CASE("What is in a VLAN is looked at, and what is no IP matches nothing") {
  CHECK(matches(kSip, Packet{.destination = 5060, .tags = {0x8100}}.frame()));
  CHECK(matches(kSip, Packet{.destination = 5060, .tags = {0x88a8, 0x8100}}.frame()));
  CHECK_FALSE(matches({}, Packet{.tags = {0x88a8, 0x8100, 0x8100}}.frame()));
  auto arp = Packet{}.frame();
  arp[13] = 6;
  CHECK_FALSE(matches({}, arp));
  auto wrong_version = Packet{}.frame();
  wrong_version[14] = 0x65;
  CHECK_FALSE(matches({}, wrong_version));
}

TEST_CASE("A frame that is cut off anywhere matches nothing and is not read beyond its end") {
  // Each in memory of its own, exactly as long: the address sanitizer watches the end.
  for (const auto& packet :
       {Packet{.destination = 5060, .options = 8, .tags = {0x8100}},
        Packet{.family = Family::kIpv6, .destination = 5060, .extensions = {0, 44, 60}}}) {
    const auto whole = packet.frame();
    const auto needed = packet.offset_of_ports() + 4;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::vector<std::uint8_t> cut(whole.begin(),
                                          whole.begin() + static_cast<std::ptrdiff_t>(size));
      CHECK(matches(kSip, cut) == (size >= needed));
    }
  }
}
