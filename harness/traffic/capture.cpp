// SPDX-License-Identifier: Apache-2.0
#include "traffic/capture.hpp"

#include <atomic>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/netns.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kBlockBytes = 1 << 17;
constexpr std::size_t kBlocks = 32;
constexpr unsigned kFrameBytes = 256;
constexpr unsigned kRetireAfterMs = 4;

/// A one-instruction filter: accept everything, keep its first kSnap bytes.
void cut_frames(int socket) {
  sock_filter keep = BPF_STMT(BPF_RET | BPF_K, Capture::kSnap);
  const sock_fprog program{1, &keep};
  check(::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program),
        "attach a filter to a packet socket");
}

std::byte* map_ring(int socket) {
  const int version = TPACKET_V3;
  check(::setsockopt(socket, SOL_PACKET, PACKET_VERSION, &version, sizeof version),
        "choose TPACKET_V3");
  tpacket_req3 request{};
  request.tp_block_size = kBlockBytes;
  request.tp_block_nr = kBlocks;
  request.tp_frame_size = kFrameBytes;
  request.tp_frame_nr = kBlockBytes / kFrameBytes * kBlocks;
  request.tp_retire_blk_tov = kRetireAfterMs;
  check(::setsockopt(socket, SOL_PACKET, PACKET_RX_RING, &request, sizeof request),
        "make a packet ring of {} bytes", kBlockBytes * kBlocks);
  void* ring =
      ::mmap(nullptr, kBlockBytes * kBlocks, PROT_READ | PROT_WRITE, MAP_SHARED, socket, 0);
  if (ring == MAP_FAILED) check(-1, "map a packet ring");
  return static_cast<std::byte*>(ring);
}

UniqueFd open_packet_socket(const NetNs& where, const std::string& interface, int& index) {
  return where.run([&] {
    index = static_cast<int>(::if_nametoindex(interface.c_str()));
    if (index == 0) check(-1, "tap interface {}", interface);
    // Protocol 0: nothing is received before it is bound to the interface.
    return UniqueFd{check(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                          "open a packet socket")};
  });
}

Capture::Frame frame_of(const tpacket3_hdr& header) {
  const auto* start = reinterpret_cast<const std::uint8_t*>(&header);
  const auto* link =
      reinterpret_cast<const sockaddr_ll*>(start + TPACKET_ALIGN(sizeof(tpacket3_hdr)));
  return {{start + header.tp_mac, header.tp_snaplen},
          {static_cast<time_t>(header.tp_sec), static_cast<long>(header.tp_nsec)},
          link->sll_pkttype == PACKET_OUTGOING};
}

}  // namespace

Capture::Capture(const NetNs& where, const std::string& interface) {
  sockaddr_ll address{};
  socket_ = open_packet_socket(where, interface, address.sll_ifindex);
  cut_frames(socket_.get());
  ring_ = map_ring(socket_.get());
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return;
  const int reason = errno;
  ::munmap(ring_, kBlockBytes * kBlocks);
  errno = reason;
  check(-1, "bind a packet socket to {}", interface);
}

Capture::~Capture() {
  ::munmap(ring_, kBlockBytes * kBlocks);
}

void Capture::read(const std::function<void(const Frame&)>& each) {
  for (std::size_t seen = 0; seen < kBlocks; ++seen) {
    auto& block = reinterpret_cast<tpacket_block_desc*>(ring_ + next_block_ * kBlockBytes)->hdr.bh1;
    std::atomic_ref status{block.block_status};
    if ((status.load(std::memory_order_acquire) & TP_STATUS_USER) == 0) return;
    auto* at =
        reinterpret_cast<std::byte*>(ring_ + next_block_ * kBlockBytes) + block.offset_to_first_pkt;
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
  int error = 0;
  socklen_t size = sizeof error;
  (void)::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
}

std::uint32_t Capture::take_drops() {
  tpacket_stats_v3 statistics{};
  socklen_t length = sizeof statistics;
  check(::getsockopt(socket_.get(), SOL_PACKET, PACKET_STATISTICS, &statistics, &length),
        "read the statistics of a packet socket");
  return statistics.tp_drops;
}

}  // namespace wandrill
