// SPDX-License-Identifier: Apache-2.0
#include "link/proof/prover.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.hpp"
#include "link/wall_clock.hpp"
#include "net/link.hpp"
#include "net/packet_socket.hpp"

namespace wandrill {
namespace {

/// Lets only the Prover's EtherType and destination through.
void filter_own_frames(const UniqueFd& socket) {
  constexpr std::uint32_t kMacStart = 0x02776472;
  constexpr std::uint32_t kMacEnd = 0x696c;
  static_assert(kProbeMac == MacAddress{0x02, 0x77, 0x64, 0x72, 0x69, 0x6c});
  sock_filter code[] = {BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 12),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kProverEtherType, 4, 0),
                        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMacStart, 0, 3),
                        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 4),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMacEnd, 0, 1),
                        BPF_STMT(BPF_RET | BPF_K, 0xffff),
                        BPF_STMT(BPF_RET | BPF_K, 0)};
  const sock_fprog program{.len = static_cast<unsigned short>(std::size(code)), .filter = code};
  check(::setsockopt(socket.get(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program),
        "filter the frames of a prover");
}

void switch_on(const UniqueFd& socket, int level, int option) {
  const int on = 1;
  check(::setsockopt(socket.get(), level, option, &on, sizeof on), "set up a prover's socket");
}

std::uint32_t next_id() {
  static std::atomic<std::uint32_t> count{0};
  return static_cast<std::uint32_t>(::getpid()) << 12U ^ ++count;
}

/// The time in the frame is the one at which it was sent, and the padding nothing but zeros.
bool is_as_sent(const ProverFrame& frame, Clock::time_point sent,
                std::span<const std::uint8_t> bytes) {
  return frame.sent == sent && std::ranges::all_of(bytes.subspan(prover_padding(bytes)),
                                                   [](std::uint8_t byte) { return byte == 0; });
}

std::size_t index_of(Direction direction) {
  return direction == Direction::kUp ? 0 : 1;
}

}  // namespace

Prover::End Prover::make_end(const NetNs& ns, const std::string& interface) {
  End end{.interface = interface, .netlink = Netlink::route(ns), .socket = open_packet_socket(ns)};
  filter_own_frames(end.socket);
  switch_on(end.socket, SOL_SOCKET, SO_TIMESTAMPNS);
  switch_on(end.socket, SOL_PACKET, PACKET_IGNORE_OUTGOING);
  ifreq request{};
  interface.copy(request.ifr_name, IFNAMSIZ - 1);
  check(::ioctl(end.socket.get(), SIOCGIFHWADDR, &request), "read the MAC address of {}",
        interface);
  std::memcpy(end.mac.data(), request.ifr_hwaddr.sa_data, end.mac.size());
  // Every type: also where a bridge takes the port's frames.
  bind_packet_socket(end.socket, ns, interface, ETH_P_ALL);
  return end;
}

Prover::Prover(const NetNs& router, const std::string& router_interface, const NetNs& isp,
               const std::string& isp_interface)
    : router_{make_end(router, router_interface)},
      isp_{make_end(isp, isp_interface)},
      id_{next_id()} {}

std::size_t Prover::send(Direction direction, std::size_t size, const ProbeHead& head) {
  auto& sent = sent_[index_of(direction)];
  const auto& from = direction == Direction::kUp ? router_ : isp_;
  const auto& to = direction == Direction::kUp ? isp_ : router_;
  const ProverFrame frame{
      .prover = id_, .direction = direction, .sequence = sent.size(), .sent = Clock::now()};
  sent.push_back({.sent = frame.sent, .latency = std::nullopt});
  const auto bytes =
      head.ip ? encode(frame, head, from.mac, size) : encode(frame, to.mac, from.mac, size);
  // A port without link refuses the frame: lost like any other.
  static_cast<void>(::send(from.socket.get(), bytes.data(), bytes.size(), 0));
  return sent.size() - 1;
}

void Prover::collect(End& end, Direction arriving) {
  std::array<std::uint8_t, kFullProverFrame> buffer;
  std::array<char, 256> control;
  for (;;) {
    iovec part{.iov_base = buffer.data(), .iov_len = buffer.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto size = ::recvmsg(end.socket.get(), &message, 0);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (size < 0) continue;  // EINTR, or the error that a port without link leaves once
    const auto bytes = std::span{buffer}.first(static_cast<std::size_t>(size));
    const auto frame = decode_prover_frame(bytes);
    auto& sent = sent_[index_of(arriving)];
    if (!frame || frame->prover != id_ || frame->direction != arriving) continue;
    if (frame->sequence >= sent.size()) continue;
    auto& observation = sent[frame->sequence];
    ++observation.copies;
    observation.damaged = observation.damaged || !is_as_sent(*frame, observation.sent, bytes);
    if (!observation.latency)
      observation.latency = std::max(Nanos{0}, Nanos{arrival_of(message) - observation.sent});
  }
}

void Prover::collect() {
  collect(isp_, Direction::kUp);
  collect(router_, Direction::kDown);
}

bool Prover::router_has_carrier() {
  return has_carrier(router_.netlink, router_.interface);
}

bool Prover::isp_has_carrier() {
  return has_carrier(isp_.netlink, isp_.interface);
}

}  // namespace wandrill
