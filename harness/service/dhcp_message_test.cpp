// SPDX-License-Identifier: Apache-2.0
#include "service/dhcp_message.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

constexpr std::size_t kMessageAt = 14 + 20 + 8;

std::vector<std::uint8_t> request(DhcpType type) {
  return encode_frame({.type = type,
                       .id = 0x01020304,
                       .client = {2, 0, 0, 0, 0, 7},
                       .address = *IpAddress::parse("100.64.1.2")});
}

/// A server's answer: the question with what a server changes in it.
std::vector<std::uint8_t> reply(DhcpType type) {
  auto frame = request(type);
  std::swap(frame[35], frame[37]);  // the ports 68 and 67
  frame[kMessageAt] = 2;
  frame[kMessageAt + 16] = 100;
  frame[kMessageAt + 19] = 77;
  return frame;
}

}  // namespace

TEST_CASE("A DHCP question is a broadcast frame of RFC 2131", "[dhcp]") {
  const auto frame = request(DhcpType::kDiscover);
  CHECK(frame.size() == kMessageAt + 300);
  CHECK(std::vector<std::uint8_t>(frame.begin(), frame.begin() + 14) ==
        std::vector<std::uint8_t>{255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 7, 8, 0});
  // From 0.0.0.0 to 255.255.255.255, header checksum as tcpdump verified it.
  std::uint32_t sum = 0;
  for (std::size_t i = 14; i < 34; i += 2)
    sum += static_cast<std::uint32_t>(frame[i] << 8U | frame[i + 1]);
  CHECK((sum & 0xffff) + (sum >> 16U) == 0xffff);
  CHECK(frame[kMessageAt] == 1);
  CHECK(frame[kMessageAt + 7] == 4);
  CHECK(frame[kMessageAt + 12] == 0);
  CHECK(frame[kMessageAt + 240] == 53);
  CHECK(frame[kMessageAt + 242] == 1);
}

TEST_CASE("A client that keeps its address names it", "[dhcp]") {
  const auto frame = request(DhcpType::kRequest);
  CHECK(frame[14 + 12] == 100);
  CHECK(frame[kMessageAt + 12] == 100);
  CHECK(frame[kMessageAt + 15] == 2);
  CHECK(frame[kMessageAt + 242] == 3);
}

TEST_CASE("An answer gives its type, its id and the address", "[dhcp]") {
  const auto decoded = decode_dhcp_frame(reply(DhcpType::kOffer));
  REQUIRE(decoded.has_value());
  CHECK(decoded->type == DhcpType::kOffer);
  CHECK(decoded->id == 0x01020304);
  CHECK(to_string(decoded->address) == "100.0.0.77");
}

TEST_CASE("A question is no answer, nor is a frame that ends before its type", "[dhcp]") {
  CHECK_FALSE(decode_dhcp_frame(request(DhcpType::kDiscover)).has_value());
  const auto whole = reply(DhcpType::kNak);
  for (std::size_t size = 0; size < kMessageAt + 243; ++size)
    CHECK_FALSE(decode_dhcp_frame(std::span{whole}.first(size)).has_value());
  CHECK(decode_dhcp_frame(std::span{whole}.first(kMessageAt + 243)).has_value());
}
