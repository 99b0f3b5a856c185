// SPDX-License-Identifier: Apache-2.0
#include "programs/conformance/stream.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <thread>

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "link/testing/packets.hpp"
#include "link/wall_clock.hpp"
#include "net/packet_socket.hpp"

namespace wandrill {
namespace {

using FrameBytes = std::vector<std::uint8_t>;
using testing::Rig;

constexpr std::size_t kHeader = 14;
constexpr int kNumbers = 3;  ///< One flipped bit leaves two of them right.
/// IEEE Std 802, local experimental, second number: none that anything answers.
constexpr std::array<std::uint8_t, kHeader> kEthernet{2,    0xAA, 1, 1, 1, 2,    2,
                                                      0xAA, 1,    1, 1, 1, 0x88, 0xB6};

constexpr std::uint16_t kFirstPort = 5060;
constexpr std::size_t kAddresses = 12;

/// Where the numbers are: behind the Ethernet header, or that of UDP.
std::size_t header_of(const StreamPlan& plan) {
  if (!plan.family) return kHeader;
  return testing::Packet{.family = *plan.family}.offset_of_ports() + 8;
}

FrameBytes frame_of(std::uint32_t number, const StreamPlan& plan) {
  const auto size = std::max<std::size_t>(plan.size, ETH_ZLEN);
  FrameBytes bytes(size);
  if (plan.family) {
    const auto port = static_cast<std::uint16_t>(kFirstPort + number % 2);
    bytes = testing::Packet{.family = *plan.family, .destination = port, .size = size - kHeader}
                .frame();
  }
  std::memcpy(bytes.data(), kEthernet.data(), plan.family ? kAddresses : kHeader);
  const auto header = header_of(plan);
  for (int i = 0; i < kNumbers; ++i)
    std::memcpy(bytes.data() + header + 4 * i, &number, sizeof number);
  for (std::size_t i = header + 4 * kNumbers; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(i * 7 + number);
  return bytes;
}

/// By majority; nothing for what is not ours.
std::optional<std::uint32_t> number_of(std::span<const std::uint8_t> bytes,
                                       const StreamPlan& plan) {
  std::array<std::uint32_t, kNumbers> numbers{};
  const auto header = header_of(plan);
  if (bytes.size() < std::max<std::size_t>(ETH_ZLEN, header + sizeof numbers)) return std::nullopt;
  std::memcpy(numbers.data(), bytes.data() + header, sizeof numbers);
  int wrong = 0;
  for (std::size_t i = 0; i < (plan.family ? kAddresses : kHeader); ++i)
    wrong += std::popcount(static_cast<unsigned>(bytes[i] ^ kEthernet[i]));
  if (wrong > 1) return std::nullopt;
  std::ranges::sort(numbers);
  if (numbers[0] != numbers[1] && numbers[1] != numbers[2]) return std::nullopt;
  return numbers[1];
}

class Exchange {
 public:
  Exchange(const Rig& rig, const StreamPlan& plan)
      : plan_{plan}, from_{open_packet_socket(rig.router)}, to_{open_packet_socket(rig.isp)} {
    const int on = 1;
    const int room = 8 << 20;
    check(::setsockopt(to_.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on),
          "set up a receiver");
    check(::setsockopt(to_.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on), "set up a receiver");
    ::setsockopt(to_.get(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    bind_packet_socket(to_, rig.isp, Rig::kPort, ETH_P_ALL);
    bind_packet_socket(from_, rig.router, Rig::kPort, 0);
    result_.frames.resize(plan.count);
  }

  StreamResult run() {
    auto due = Clock::now();
    for (std::size_t number = 0; number < plan_.count;) {
      for (std::size_t i = 0; i < plan_.at_once && number < plan_.count; ++i)
        send(number++);
      receive();
      due = std::max(due + plan_.interval, Clock::now());
      while (Clock::now() < due) {
        std::this_thread::sleep_until(std::min<Clock::time_point>(due, Clock::now() + kLook));
        receive();
      }
    }
    for (const auto until = Clock::now() + plan_.settle; Clock::now() < until;) {
      std::this_thread::sleep_for(kLook);
      receive();
    }
    tpacket_stats stats{};
    socklen_t size = sizeof stats;
    check(::getsockopt(to_.get(), SOL_PACKET, PACKET_STATISTICS, &stats, &size),
          "count the drops of a receiver");
    result_.lost_by_tester += stats.tp_drops;
    return std::move(result_);
  }

 private:
  static constexpr Nanos kLook = std::chrono::milliseconds{1};

  void send(std::size_t number) {
    const auto bytes = frame_of(static_cast<std::uint32_t>(number), plan_);
    result_.frames[number].sent = Clock::now();
    if (::send(from_.get(), bytes.data(), bytes.size(), 0) < 0) ++result_.lost_by_tester;
  }

  void receive() {
    std::array<std::uint8_t, 2048> buffer;
    std::array<char, 256> control;
    for (;;) {
      iovec part{.iov_base = buffer.data(), .iov_len = buffer.size()};
      msghdr message{};
      message.msg_iov = &part;
      message.msg_iovlen = 1;
      message.msg_control = control.data();
      message.msg_controllen = control.size();
      const auto size = ::recvmsg(to_.get(), &message, MSG_DONTWAIT);
      if (size < 0) return;
      note({buffer.data(), static_cast<std::size_t>(size)}, arrival_of(message));
    }
  }

  void note(std::span<const std::uint8_t> bytes, Clock::time_point at) {
    const auto number = number_of(bytes, plan_);
    if (!number || *number >= result_.frames.size()) return;
    auto& fate = result_.frames[*number];
    if (fate.copies++ > 0) return;
    fate.arrived = at;
    fate.place = arrivals_++;
    const auto sent = frame_of(*number, plan_);
    for (std::size_t i = 0; i < sent.size() && i < bytes.size(); ++i) {
      const int bits = std::popcount(static_cast<unsigned>(bytes[i] ^ sent[i]));
      if (bits > 0 && fate.flipped_bits == 0) fate.first_flipped = i;
      fate.flipped_bits += bits;
    }
  }

  StreamPlan plan_;
  UniqueFd from_;
  UniqueFd to_;
  StreamResult result_;
  std::size_t arrivals_ = 0;
};

}  // namespace

StreamResult send_stream(const Rig& rig, const StreamPlan& plan) {
  return Exchange{rig, plan}.run();
}

}  // namespace wandrill
