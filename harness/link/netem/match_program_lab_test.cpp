// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <sys/socket.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "base/testing/catch.hpp"
#include "base/unique_fd.hpp"
#include "link/netem/match_program.hpp"
#include "link/testing/packets.hpp"
#include "link/wire/packet_match.hpp"

using namespace wandrill;
using testing::Packet;

namespace {

/// The kernel's BPF machine with one program, in front of a socket.
class KernelFilter {
 public:
  explicit KernelFilter(const TrafficFilter& filter) {
    std::array<int, 2> pair{};
    check(::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair.data()),
          "open a pair of sockets");
    in_ = UniqueFd{pair[0]};
    out_ = UniqueFd{pair[1]};
    auto program = match_program(filter);
    const sock_fprog whole{.len = static_cast<unsigned short>(program.size()),
                           .filter = program.data()};
    check(::setsockopt(out_.get(), SOL_SOCKET, SO_ATTACH_FILTER, &whole, sizeof whole),
          "attach a filter");
  }
  bool passes(const std::vector<std::uint8_t>& frame) const {
    check(::send(in_.get(), frame.data(), frame.size(), 0), "send a frame");
    std::array<std::uint8_t, 4096> buffer{};
    return ::recv(out_.get(), buffer.data(), buffer.size(), 0) >= 0;
  }

 private:
  UniqueFd in_;
  UniqueFd out_;
};

const TrafficFilter kFilters[] = {
    {},
    {.family = "ipv4"},
    {.family = "ipv6"},
    {.protocol = "udp"},
    {.protocol = "icmp"},
    {.protocol = "50"},
    {.dscp = 46},
    {.min_size = Bytes{60}},
    {.max_size = Bytes{60}},
    {.protocol = "udp", .port = {5000, 5003}},
    {.protocol = "tcp", .source_port = {5001, 5001}},
    {.protocol = "udp", .destination_port = {5002, 5004}},
    {.family = "ipv6", .protocol = "udp", .port = {5000, 5003}, .dscp = 46},
    {.family = "ipv4", .protocol = "udp", .source_port = {1, 5002}, .min_size = Bytes{50}},
    {.protocol = "udp",
     .port = {5001, 5002},
     .source_port = {5000, 5002},
     .destination_port = {5001, 5003},
     .dscp = 46,
     .min_size = Bytes{40},
     .max_size = Bytes{90}}};

/// A packet near what the filters are about, then often cut off or hit by some random bytes.
std::vector<std::uint8_t> random_frame(Random& random) {
  const auto below = [&](double most) { return static_cast<unsigned>(random.uniform() * most); };
  constexpr std::array<std::uint8_t, 6> kProtocols{17, 17, 6, 1, 58, 50};
  constexpr std::array<std::uint8_t, 5> kExtensions{0, 43, 44, 60, 51};
  Packet packet{.family = below(2) == 0 ? Family::kIpv4 : Family::kIpv6,
                .protocol = kProtocols[below(6)],
                .dscp = static_cast<std::uint8_t>(below(2) == 0 ? 46 : below(64)),
                .source = static_cast<std::uint16_t>(4999 + below(6)),
                .destination = static_cast<std::uint16_t>(4999 + below(6)),
                .options = below(3) == 0 ? 4 * below(11) : 0,
                .fragment_offset = static_cast<std::uint16_t>(below(4) == 0 ? 8 * below(9) : 0),
                .padding = below(20)};
  if (packet.family == Family::kIpv6)
    for (unsigned i = below(8); i > 2; --i)
      packet.extensions.push_back(kExtensions[below(5)]);
  for (unsigned i = below(6); i > 2; --i)
    packet.tags.push_back(below(2) == 0 ? 0x8100 : 0x88a8);
  auto frame = packet.frame();
  for (unsigned i = below(5); i > 2; --i)
    frame[below(static_cast<double>(frame.size()))] = static_cast<std::uint8_t>(below(256));
  if (below(4) == 0) frame.resize(1 + below(static_cast<double>(frame.size())));
  return frame;
}

}  // namespace

TEST_CASE("The kernel's program and the relay's classifier say the same of every frame") {
  Random random{1};
  for (const auto& filter : kFilters) {
    const KernelFilter kernel{filter};
    const PacketMatch match{filter};
    INFO(to_string(filter));
    int matched = 0;
    int different = 0;
    for (int i = 0; i < 6000; ++i) {
      const auto frame = random_frame(random);
      matched += match(frame) ? 1 : 0;
      different += match(frame) == kernel.passes(frame) ? 0 : 1;
    }
    CHECK(different == 0);
    // Neither of them may get by with one answer.
    CHECK(matched > 10);
    CHECK(matched < 6000);
  }
}
