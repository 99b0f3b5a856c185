// SPDX-License-Identifier: Apache-2.0
#include "service/dhcp_exchange.hpp"

#include <array>
#include <iterator>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.hpp"
#include "net/packet_socket.hpp"

namespace wandrill {
namespace {

/// Lets only what goes to a DHCP client's port through: UDP in IPv4 without options, port 68.
void filter_answers(const UniqueFd& socket) {
  constexpr unsigned kEtherTypeAt = 12;
  constexpr unsigned kProtocolAt = 14 + 9;
  constexpr unsigned kPortAt = 14 + 20 + 2;
  sock_filter code[] = {BPF_STMT(BPF_LD | BPF_H | BPF_ABS, kEtherTypeAt),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 0, 5),
                        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kProtocolAt),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 3),
                        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, kPortAt),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 68, 0, 1),
                        BPF_STMT(BPF_RET | BPF_K, 0xffff),
                        BPF_STMT(BPF_RET | BPF_K, 0)};
  const sock_fprog program{.len = static_cast<unsigned short>(std::size(code)), .filter = code};
  check(::setsockopt(socket.get(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program),
        "filter DHCP answers");
}

UniqueFd socket_at(const DhcpSpot& spot) {
  auto socket = open_packet_socket(spot.ns);
  filter_answers(socket);
  // Every type: also where a bridge takes the port's frames.
  bind_packet_socket(socket, spot.ns, spot.interface, ETH_P_ALL);
  return socket;
}

std::uint32_t next_id() {
  constexpr std::uint32_t kOurs = 0x77610000;
  static std::uint32_t count = 0;
  return kOurs + ++count;
}

}  // namespace

DhcpExchange::DhcpExchange(const DhcpSpot& spot, DhcpType type, const IpAddress& address)
    : socket_{socket_at(spot)}, id_{next_id()}, sent_{Clock::now()} {
  const auto frame =
      encode_frame(DhcpRequest{.type = type, .id = id_, .client = spot.client, .address = address});
  // A port without link refuses the frame: an unanswered question like any other.
  static_cast<void>(::send(socket_.get(), frame.data(), frame.size(), 0));
}

const std::optional<DhcpReply>& DhcpExchange::poll() {
  std::array<std::uint8_t, 1518> buffer{};
  while (!reply_) {
    const auto size = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (size < 0) break;
    const auto reply = decode_dhcp_frame(std::span{buffer}.first(static_cast<std::size_t>(size)));
    if (reply && reply->id == id_) reply_ = reply;
  }
  return reply_;
}

}  // namespace wandrill
