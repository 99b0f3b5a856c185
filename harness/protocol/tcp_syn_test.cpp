// SPDX-License-Identifier: Apache-2.0
#include "protocol/tcp_syn.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

constexpr TcpSyn kSyn{.source_port = 33'001, .destination_port = 22, .sequence = 0xdeadbeef};

/// Over the pseudo header and the segment, checksum included, the sum is all ones (RFC 1071).
std::uint32_t sum_of(std::span<const std::uint8_t> segment, const IpAddress& source,
                     const IpAddress& destination) {
  std::uint32_t sum = 6 + static_cast<std::uint32_t>(segment.size());
  const auto add = [&](const std::uint8_t* bytes, std::size_t size) {
    for (std::size_t i = 0; i < size; i += 2)
      sum += static_cast<std::uint32_t>(bytes[i] << 8 | bytes[i + 1]);
  };
  add(source.data(), source.size());
  add(destination.data(), destination.size());
  add(segment.data(), segment.size());
  while (sum >> 16 != 0)
    sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

}  // namespace

TEST_CASE("A SYN comes back as it was written, with a checksum that holds, in both families") {
  for (const auto& [from, to] :
       {std::pair{"10.0.30.10", "10.0.10.10"}, std::pair{"fd00:0:0:30::10", "fd00:0:0:10::10"}}) {
    const auto source = *IpAddress::parse(from);
    const auto destination = *IpAddress::parse(to);
    const auto segment = write_syn(kSyn, source, destination);
    CHECK(read_syn(segment) == kSyn);
    CHECK(sum_of(segment, source, destination) == 0xffff);
  }
}

TEST_CASE("What is no SYN is not taken for one") {
  const auto home = *IpAddress::parse("10.0.0.1");
  auto segment = write_syn(kSyn, home, home);
  CHECK_FALSE(read_syn({}));
  CHECK_FALSE(read_syn(std::span{segment}.first(19)));
  segment[13] = 0x12;
  CHECK_FALSE(read_syn(segment));
  segment[13] = 0x10;
  CHECK_FALSE(read_syn(segment));
}
