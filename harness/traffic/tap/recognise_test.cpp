// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/recognise.hpp"

#include <algorithm>
#include <vector>

#include "base/random.hpp"
#include "base/testing/catch.hpp"
#include "protocol/dns_tag.hpp"
#include "traffic/session_payload.hpp"

namespace wandrill {
namespace {

using Frame = std::vector<std::uint8_t>;

constexpr PacketHeader kHeader{7, 12345678901, 0xfeedfacecafebeef};
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kTcp = 6;

Frame operator+(Frame a, const Frame& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Frame ethernet(std::uint16_t type) {
  Frame frame(12, 0x02);
  return frame + Frame{static_cast<std::uint8_t>(type >> 8), static_cast<std::uint8_t>(type)};
}

Frame ipv4(std::uint8_t protocol, const Frame& options = {}) {
  const auto words = static_cast<std::uint8_t>(5 + options.size() / 4);
  return Frame{static_cast<std::uint8_t>(0x40 | words),
               0,
               0,
               200,
               0,
               1,
               0,
               0,
               64,
               protocol,
               0,
               0,
               203,
               0,
               113,
               5,
               192,
               0,
               2,
               9} +
         options;
}

Frame ipv6(std::uint8_t next) {
  Frame packet{0x60, 0, 0, 0, 0, 180, next, 64};
  const auto source = IpAddress::parse("2001:db8:a::5");
  packet.insert(packet.end(), source->data(), source->data() + 16);
  return packet + Frame(16, 0xfd);
}

Frame udp() {
  return Frame{0x9c, 0x40, 0x13, 0x88, 0, 180, 0, 0};
}

Frame tcp(std::uint8_t words) {
  Frame segment(std::max<std::size_t>(20, std::size_t{words} * 4), 0);
  segment[12] = static_cast<std::uint8_t>(words << 4);
  return segment;
}

Frame payload(TrafficKind kind) {
  Frame bytes(64, 0xff);
  encode_payload(kind, kHeader, bytes);
  return bytes;
}

void check_ours(const Frame& frame, const char* source) {
  const auto seen = recognise(frame);
  REQUIRE(seen);
  CHECK(seen->header == kHeader);
  CHECK(to_string(seen->source) == source);
}

TEST_CASE("Our packets are recognised over both families and every transport") {
  const auto rtp = payload(TrafficKind::kRtp);
  const auto probe = payload(TrafficKind::kProbe);
  check_ours(ethernet(0x0800) + ipv4(kUdp) + udp() + rtp, "203.0.113.5");
  check_ours(ethernet(0x0800) + ipv4(kUdp) + udp() + probe, "203.0.113.5");
  check_ours(ethernet(0x0800) + ipv4(kTcp) + tcp(8) + probe, "203.0.113.5");
  check_ours(ethernet(0x86dd) + ipv6(kUdp) + udp() + rtp, "2001:db8:a::5");
  check_ours(ethernet(0x86dd) + ipv6(kTcp) + tcp(5) + probe, "2001:db8:a::5");
}

TEST_CASE("Tags, options and extension headers are stepped over") {
  const auto probe = payload(TrafficKind::kProbe);
  check_ours(ethernet(0x8100) + Frame{0, 42, 0x08, 0x00} + ipv4(kUdp) + udp() + probe,
             "203.0.113.5");
  check_ours(ethernet(0x0800) + ipv4(kUdp, Frame(8, 1)) + udp() + probe, "203.0.113.5");
  const Frame hop_by_hop{60, 0, 1, 4, 0, 0, 0, 0};
  const Frame long_options = Frame{44, 1} + Frame(14, 0);
  const Frame first_fragment{kUdp, 0, 0, 1, 0, 0, 0, 9};
  check_ours(
      ethernet(0x86dd) + ipv6(0) + hop_by_hop + long_options + first_fragment + udp() + probe,
      "2001:db8:a::5");
}

TEST_CASE("Later fragments are not read as packets") {
  const auto probe = payload(TrafficKind::kProbe);
  auto frame = ethernet(0x0800) + ipv4(kUdp) + udp() + probe;
  frame[14 + 7] = 0x10;
  CHECK_FALSE(recognise(frame));
  const Frame later{kUdp, 0, 0x05, 0x00, 0, 0, 0, 9};
  CHECK_FALSE(recognise(ethernet(0x86dd) + ipv6(44) + later + udp() + probe));
}

TEST_CASE("Other traffic is not ours") {
  const auto probe = payload(TrafficKind::kProbe);
  CHECK_FALSE(recognise(Frame{}));
  CHECK_FALSE(recognise(ethernet(0x0806) + Frame(28, 0)));
  CHECK_FALSE(recognise(ethernet(0x0800) + ipv4(1) + udp() + probe));
  CHECK_FALSE(recognise(ethernet(0x0800) + ipv4(kTcp) + tcp(3) + probe));
  CHECK_FALSE(recognise(ethernet(0x86dd) + ipv4(kUdp) + udp() + probe));
}

TEST_CASE("An answer counts for the flow behind its question's, which is one up") {
  const auto seen_as = [](std::string_view before, std::uint16_t flow) {
    const auto text = std::string{before} +
                      to_label({.nonce = kHeader.nonce, .flow = flow, .sequence = 5}) + "\" ";
    return recognise(ethernet(0x0800) + ipv4(kTcp) + tcp(5) + Frame(text.begin(), text.end()));
  };
  constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nETag: \"";
  CHECK(seen_as(kAnswer, 6).value().header == PacketHeader{7, 5, kHeader.nonce});
  CHECK_FALSE(seen_as(kAnswer, 7));
  CHECK_FALSE(seen_as(kAnswer, UINT16_MAX));
}

TEST_CASE("A frame cut anywhere, or with bytes changed, is read without harm") {
  const Frame extension{0, 0, 1, 4, 0, 0, 0, 0};
  const std::vector<Frame> frames{
      ethernet(0x0800) + ipv4(kUdp, Frame(4, 1)) + udp() + payload(TrafficKind::kRtp),
      ethernet(0x0800) + ipv4(kTcp) + tcp(8) + payload(TrafficKind::kTcp),
      ethernet(0x86dd) + ipv6(0) + extension + extension + udp() + payload(TrafficKind::kProbe)};
  Random random{3};
  for (const auto& frame : frames) {
    for (std::size_t size = 0; size <= frame.size(); ++size) {
      // A copy of its own, so that the sanitizer sees a read past the end.
      const Frame cut(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size));
      const auto seen = recognise(cut);
      if (seen) CHECK(seen->header == kHeader);
    }
    for (int round = 0; round < 20000; ++round) {
      Frame mutated = frame;
      for (auto changes = random.next() % 6; changes-- > 0;)
        mutated[random.next() % mutated.size()] = static_cast<std::uint8_t>(random.next());
      mutated.resize(random.next() % (mutated.size() + 1));
      mutated.shrink_to_fit();
      const auto seen = recognise(mutated);
      if (seen && seen->header != kHeader) FAIL("a damaged header was taken for ours");
    }
  }
}

}  // namespace
}  // namespace wandrill
