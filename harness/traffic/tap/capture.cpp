// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/capture.hpp"

#include <atomic>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kBlockBytes = 1 << 17;
constexpr std::size_t kBlocks = 32;
constexpr unsigned kFrameBytes = 256;
constexpr unsigned kRetireAfterMs = 4;

/// A one-instruction filter: accept everything, keep its first `snap` bytes.
void cut_frames(int socket, std::uint32_t snap) {
  sock_filter keep = BPF_STMT(BPF_RET | BPF_K, snap);
  const sock_fprog program{1, &keep};
  check(::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program),
        "attach a filter to a packet socket");
}

PacketRing make_ring(const UniqueFd& socket) {
  const int version = TPACKET_V3;
  check(::setsockopt(socket.get(), SOL_PACKET, PACKET_VERSION, &version, sizeof version),
        "choose TPACKET_V3");
  tpacket_req3 request{};
  request.tp_block_size = kBlockBytes;
  request.tp_block_nr = kBlocks;
  request.tp_frame_size = kFrameBytes;
  request.tp_frame_nr = kBlockBytes / kFrameBytes * kBlocks;
  request.tp_retire_blk_tov = kRetireAfterMs;
  check(::setsockopt(socket.get(), SOL_PACKET, PACKET_RX_RING, &request, sizeof request),
        "make a packet ring of {} bytes", kBlockBytes * kBlocks);
  return {socket, kBlockBytes * kBlocks};
}

Capture::Frame frame_of(const tpacket3_hdr& header) {
  const auto* start = reinterpret_cast<const std::uint8_t*>(&header);
  const auto* link =
      reinterpret_cast<const sockaddr_ll*>(start + TPACKET_ALIGN(sizeof(tpacket3_hdr)));
  return {{start + header.tp_mac, header.tp_snaplen},
          header.tp_len,
          {static_cast<time_t>(header.tp_sec), static_cast<long>(header.tp_nsec)},
          link->sll_pkttype == PACKET_OUTGOING};
}

}  // namespace

Capture::Capture(const NetNs& where, const std::string& interface, std::uint32_t snap)
    : socket_{open_packet_socket(where)} {
  cut_frames(socket_.get(), snap);
  ring_ = make_ring(socket_);
  bind_packet_socket(socket_, where, interface, ETH_P_ALL);
}

void Capture::read(const std::function<void(const Frame&)>& each) {
  for (std::size_t seen = 0; seen < kBlocks; ++seen) {
    auto* start = ring_.at(next_block_ * kBlockBytes);
    auto& block = reinterpret_cast<tpacket_block_desc*>(start)->hdr.bh1;
    std::atomic_ref status{block.block_status};
    if ((status.load(std::memory_order_acquire) & TP_STATUS_USER) == 0) return;
    auto* at = start + block.offset_to_first_pkt;
    for (std::uint32_t i = 0; i < block.num_pkts; ++i) {
      const auto& header = *reinterpret_cast<const tpacket3_hdr*>(at);
      each(frame_of(header));
      at += header.tp_next_offset;
    }
    status.store(TP_STATUS_KERNEL, std::memory_order_release);
    next_block_ = (next_block_ + 1) % kBlocks;
  }
}

void Capture::clear_error() const {
  clear_socket_error(socket_);
}

std::uint32_t Capture::take_drops() {
  tpacket_stats_v3 statistics{};
  socklen_t length = sizeof statistics;
  check(::getsockopt(socket_.get(), SOL_PACKET, PACKET_STATISTICS, &statistics, &length),
        "read the statistics of a packet socket");
  return statistics.tp_drops;
}

}  // namespace wandrill
