// SPDX-License-Identifier: Apache-2.0
#include "link/testing/raw_end.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/packet_socket.hpp"

namespace wandrill::testing {
namespace {

constexpr std::array<std::uint8_t, 6> kNobody{2, 0, 0, 'r', 'a', 'w'};
/// In front of the number, at the end of the frame: addresses and headers differ too much.
constexpr std::array<std::uint8_t, 4> kMark{'m', 'a', 'r', 'k'};

}  // namespace

RawEnd::RawEnd(const NetNs& where) : socket_{open_packet_socket(where)} {
  const int on = 1;
  const int room = 4 << 20;
  check(::setsockopt(socket_.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on),
        "set up a raw end");
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  bind_packet_socket(socket_, where, Rig::kPort, ETH_P_ALL);
}

void RawEnd::send(const Packet& packet, std::uint32_t number) const {
  auto frame = packet.frame();
  std::ranges::copy(kNobody, frame.begin());
  frame[6] = 2;
  std::memcpy(frame.data() + frame.size() - 8, kMark.data(), kMark.size());
  std::memcpy(frame.data() + frame.size() - 4, &number, sizeof number);
  check(::send(socket_.get(), frame.data(), frame.size(), 0), "send a raw frame");
}

std::vector<Arrival> RawEnd::receive(std::size_t most, Nanos patience) const {
  std::vector<Arrival> arrivals;
  const auto deadline = Clock::now() + patience;
  std::array<std::uint8_t, 2048> buffer{};
  while (arrivals.size() < most) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd readable{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count())) <= 0) break;
    const auto size = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 22 || !std::equal(kNobody.begin(), kNobody.end(), buffer.begin())) continue;
    const auto* end = buffer.data() + size;
    if (std::memcmp(end - 8, kMark.data(), kMark.size()) != 0) continue;
    Arrival arrival{.at = Clock::now()};
    std::memcpy(&arrival.number, end - 4, sizeof arrival.number);
    arrivals.push_back(arrival);
  }
  return arrivals;
}

}  // namespace wandrill::testing
