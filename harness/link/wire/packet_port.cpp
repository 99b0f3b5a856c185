// SPDX-License-Identifier: Apache-2.0
#include "link/wire/packet_port.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstring>

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "link/proof/prover_frame.hpp"
#include "link/wall_clock.hpp"
#include "link/wire/offload_header.hpp"

namespace wandrill {
namespace {

// 4096 frames: 60 ms of full frames at 800 Mbit/s, longer than the stalls of a shared machine.
constexpr unsigned kSlotBytes = 2048;
constexpr unsigned kSlots = 4096;
constexpr unsigned kBlockBytes = 128 * 1024;
constexpr std::size_t kRingBytes = std::size_t{kSlotBytes} * kSlots;
constexpr std::size_t kVlanTagBytes = 4;
constexpr std::size_t kMacBytes = 12;
constexpr std::size_t kBatch = 64;
/// What is sent waits in the peer until the kernel comes to it, which a loaded machine puts off.
constexpr int kSendBuffer = 8 << 20;
constexpr int kRoomWithinMs = 20;

void set_option(int socket, int level, int option, int value, const char* name) {
  check(::setsockopt(socket, level, option, &value, sizeof value), "set {} on a packet socket",
        name);
}

/// The kernel strips a VLAN tag from the frame and hands it over beside it: puts it back.
void restore_vlan_tag(Frame& frame, const tpacket2_hdr& header) {
  auto* ethernet = frame.bytes + FramePool::kPrefixBytes;
  std::memmove(ethernet + kMacBytes + kVlanTagBytes, ethernet + kMacBytes,
               frame.size - kVlanTagBytes - kMacBytes);
  const bool has_protocol = (header.tp_status & TP_STATUS_VLAN_TPID_VALID) != 0;
  const std::uint16_t tag[] = {htons(has_protocol ? header.tp_vlan_tpid : ETH_P_8021Q),
                               htons(header.tp_vlan_tci)};
  std::memcpy(ethernet + kMacBytes, tag, sizeof tag);
  OffloadHeader offload{};
  std::memcpy(&offload, frame.bytes, sizeof offload);
  if ((offload.flags & kNeedsChecksum) == 0) return;
  offload.checksum_start = static_cast<std::uint16_t>(offload.checksum_start + kVlanTagBytes);
  offload.header_length = static_cast<std::uint16_t>(offload.header_length + kVlanTagBytes);
  std::memcpy(frame.bytes, &offload, sizeof offload);
}

}  // namespace

PacketPort::PacketPort(const NetNs& ns, const std::string& interface)
    : receiver_{open_packet_socket(ns)}, sender_{open_packet_socket(ns)} {
  for (const int socket : {receiver_.get(), sender_.get()})
    set_option(socket, SOL_PACKET, PACKET_VNET_HDR, 1, "PACKET_VNET_HDR");
  set_option(receiver_.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, 1, "PACKET_IGNORE_OUTGOING");
  // Beyond net.core.wmem_max where that is permitted.
  if (::setsockopt(sender_.get(), SOL_SOCKET, SO_SNDBUFFORCE, &kSendBuffer, sizeof kSendBuffer) !=
      0)
    set_option(sender_.get(), SOL_SOCKET, SO_SNDBUF, kSendBuffer, "SO_SNDBUF");
  map_ring();
  bind_packet_socket(receiver_, ns, interface, ETH_P_ALL);
  bind_packet_socket(sender_, ns, interface, 0);
  read_until_ = Clock::now();
}

void PacketPort::map_ring() {
  set_option(receiver_.get(), SOL_PACKET, PACKET_VERSION, TPACKET_V2, "PACKET_VERSION");
  // Frames that do not fit into a slot of the ring are also queued on the socket, whole.
  set_option(receiver_.get(), SOL_PACKET, PACKET_COPY_THRESH, 1, "PACKET_COPY_THRESH");
  set_option(receiver_.get(), SOL_SOCKET, SO_RCVBUF, 8 << 20, "SO_RCVBUF");
  const tpacket_req request{.tp_block_size = kBlockBytes,
                            .tp_block_nr = static_cast<unsigned>(kRingBytes / kBlockBytes),
                            .tp_frame_size = kSlotBytes,
                            .tp_frame_nr = kSlots};
  check(::setsockopt(receiver_.get(), SOL_PACKET, PACKET_RX_RING, &request, sizeof request),
        "make a receive ring of {} bytes", kRingBytes);
  ring_ = PacketRing{receiver_, kRingBytes};
}

bool PacketPort::copy_large(Frame& frame) {
  const auto size = ::recv(receiver_.get(), frame.bytes, frame.size + FramePool::kPrefixBytes, 0);
  return size == static_cast<ssize_t>(frame.size + FramePool::kPrefixBytes);
}

Frame* PacketPort::copy_out(const std::uint8_t* slot, FramePool& pool) {
  tpacket2_hdr header{};
  std::memcpy(&header, slot, sizeof header);
  const bool has_tag = (header.tp_status & TP_STATUS_VLAN_VALID) != 0;
  Frame* frame = pool.take(header.tp_len + (has_tag ? kVlanTagBytes : 0));
  const bool is_whole = header.tp_snaplen == header.tp_len;
  const bool is_queued = (header.tp_status & TP_STATUS_COPY) != 0;
  if (frame != nullptr) frame->size = header.tp_len;
  if (frame != nullptr && is_whole) {
    std::memcpy(frame->bytes, slot + header.tp_mac - FramePool::kPrefixBytes,
                header.tp_len + FramePool::kPrefixBytes);
    if (is_queued) ::recv(receiver_.get(), nullptr, 0, MSG_TRUNC);
  } else if (is_queued && (frame == nullptr || !copy_large(*frame))) {
    if (frame == nullptr) ::recv(receiver_.get(), nullptr, 0, MSG_TRUNC);
    if (frame != nullptr) pool.give_back(*std::exchange(frame, nullptr));
  } else if (!is_queued && frame != nullptr) {
    pool.give_back(*std::exchange(frame, nullptr));
  }
  if (frame == nullptr) return nullptr;
  if (has_tag) {
    frame->size += static_cast<std::uint32_t>(kVlanTagBytes);
    restore_vlan_tag(*frame, header);
  }
  const Nanos stamp =
      std::chrono::seconds{header.tp_sec} + std::chrono::nanoseconds{header.tp_nsec};
  frame->at = Clock::time_point{stamp};
  return frame;
}

FrameQueue PacketPort::read(FramePool& pool, int most) {
  FrameQueue frames;
  const auto now = Clock::now();
  const Nanos offset = wall_clock_offset();
  for (; most > 0; --most) {
    auto* slot = ring_.at(std::size_t{next_slot_} * kSlotBytes);
    // The status word is shared with the kernel: acquire before reading, release when done.
    std::atomic_ref<std::uint32_t> status{*reinterpret_cast<std::uint32_t*>(slot)};
    if ((status.load(std::memory_order_acquire) & TP_STATUS_USER) == 0) {
      read_until_ = now;
      break;
    }
    if (Frame* frame = copy_out(slot, pool); frame != nullptr) {
      // A step of the wall clock must not move a frame to before or after this reading.
      frame->at = std::clamp(frame->at - offset, read_until_, now);
      frame->is_proof = is_prover_frame({frame->bytes + FramePool::kPrefixBytes, frame->size});
      read_until_ = frame->at;
      frames.push(*frame);
    } else {
      ++pool_drops_;
    }
    status.store(TP_STATUS_KERNEL, std::memory_order_release);
    next_slot_ = (next_slot_ + 1) % kSlots;
  }
  return frames;
}

bool PacketPort::has_room() {
  pollfd writable{.fd = sender_.get(), .events = POLLOUT, .revents = 0};
  return ::poll(&writable, 1, kRoomWithinMs) > 0 && (writable.revents & POLLERR) == 0;
}

PacketPort::SendResult PacketPort::send(FrameQueue& frames, FramePool& pool) {
  SendResult result;
  while (!frames.empty()) {
    std::array<mmsghdr, kBatch> messages{};
    std::array<iovec, kBatch> parts;
    unsigned count = 0;
    FrameQueue batch;
    for (; count < kBatch && !frames.empty(); ++count) {
      Frame& frame = frames.pop();
      parts[count] = {frame.bytes, frame.size + FramePool::kPrefixBytes};
      messages[count].msg_hdr.msg_iov = &parts[count];
      messages[count].msg_hdr.msg_iovlen = 1;
      batch.push(frame);
    }
    for (unsigned done = 0; done < count;) {
      const int sent = ::sendmmsg(sender_.get(), messages.data() + done, count - done, 0);
      if (sent < 0 && errno == EINTR) continue;
      const bool is_full = sent < 0 && (errno == EAGAIN || errno == ENOBUFS);
      if (is_full && has_room()) continue;
      result.sent += sent > 0 ? static_cast<unsigned>(sent) : 0;
      result.refused += sent < 0 && !is_full ? 1 : 0;
      result.no_room += is_full ? 1 : 0;
      done += sent > 0 ? static_cast<unsigned>(sent) : 1;
    }
    pool.give_back_all(batch);
  }
  return result;
}

std::uint64_t PacketPort::take_drops() {
  tpacket_stats stats{};
  socklen_t size = sizeof stats;
  check(::getsockopt(receiver_.get(), SOL_PACKET, PACKET_STATISTICS, &stats, &size),
        "read the drops of a receive ring");
  return stats.tp_drops + std::exchange(pool_drops_, 0);
}

void PacketPort::clear_error() noexcept {
  clear_socket_error(receiver_);
  clear_socket_error(sender_);
}

}  // namespace wandrill
