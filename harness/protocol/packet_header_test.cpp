// SPDX-License-Identifier: Apache-2.0
#include "protocol/packet_header.hpp"

#include <array>

#include "base/random.hpp"
#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

constexpr PacketHeader kHeader{0x1234, 0x0102030405060708, 0x1112131415161718};

std::array<std::uint8_t, 172> rtp_payload(const PacketHeader& header) {
  std::array<std::uint8_t, 172> payload{};
  encode_rtp(header, payload);
  encode(header, std::span{payload}.subspan(kRtpHeaderBytes));
  return payload;
}

TEST_CASE("A header is read back as it was written, big endian") {
  std::array<std::uint8_t, kPacketHeaderBytes> bytes{};
  encode(kHeader, bytes);
  CHECK(decode(bytes) == kHeader);
  CHECK(std::string(bytes.begin(), bytes.begin() + 4) == "WDRL");
  CHECK(bytes[6] == 0x12);
  CHECK(bytes[7] == 0x34);
  CHECK(bytes[8] == 0x01);
  CHECK(bytes[15] == 0x08);
  CHECK(bytes[16] == 0x11);
}

TEST_CASE("A header with any byte changed is not ours") {
  std::array<std::uint8_t, kPacketHeaderBytes> bytes{};
  encode(kHeader, bytes);
  for (auto& byte : bytes) {
    byte ^= 0x10;
    CHECK_FALSE(decode(bytes));
    byte ^= 0x10;
  }
}

TEST_CASE("A header cut short is not ours") {
  std::array<std::uint8_t, kPacketHeaderBytes> bytes{};
  encode(kHeader, bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(decode(std::span{bytes}.first(size)));
}

TEST_CASE("An rtp payload starts with a valid RTP header") {
  const auto first = rtp_payload({3, 0xfffe, 9});
  const auto second = rtp_payload({3, 0xffff, 9});
  CHECK(first[0] == 0x80);
  CHECK(first[1] == 0);
  CHECK(first[2] == 0xff);
  CHECK(first[3] == 0xfe);
  const auto stamp = [](const auto& p) {
    return std::uint32_t{p[4]} << 24 | std::uint32_t{p[5]} << 16 | std::uint32_t{p[6]} << 8 | p[7];
  };
  CHECK(stamp(second) - stamp(first) == 160);
  CHECK(std::equal(first.begin() + 8, first.begin() + 12, second.begin() + 8));
}

TEST_CASE("Flows and runs have streams of their own") {
  const auto one = rtp_payload({1, 5, 9});
  const auto other_flow = rtp_payload({2, 5, 9});
  const auto other_run = rtp_payload({1, 5, 10});
  CHECK_FALSE(std::equal(one.begin() + 8, one.begin() + 12, other_flow.begin() + 8));
  CHECK_FALSE(std::equal(one.begin() + 8, one.begin() + 12, other_run.begin() + 8));
}

TEST_CASE("A payload of either kind is recognised") {
  CHECK(decode_any_payload(rtp_payload(kHeader)) == kHeader);
  std::array<std::uint8_t, 64> probe{};
  encode(kHeader, probe);
  CHECK(decode_any_payload(probe) == kHeader);
}

TEST_CASE("Random bytes are never ours") {
  Random random{7};
  std::array<std::uint8_t, 64> bytes{};
  for (int round = 0; round < 2000; ++round) {
    for (auto& byte : bytes)
      byte = static_cast<std::uint8_t>(random.next());
    CHECK_FALSE(decode_any_payload(std::span{bytes}.first(random.next() % 65)));
  }
}

}  // namespace
}  // namespace wandrill
