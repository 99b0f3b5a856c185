// SPDX-License-Identifier: Apache-2.0
#include "net/packet_socket.hpp"

#include <utility>

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {

UniqueFd open_packet_socket(const NetNs& ns) {
  return ns.run([] {
    return UniqueFd{check(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                          "open a packet socket (needs CAP_NET_RAW)")};
  });
}

void bind_packet_socket(const UniqueFd& socket, const NetNs& ns, const std::string& interface,
                        std::uint16_t protocol) {
  const unsigned index = ns.run([&] { return ::if_nametoindex(interface.c_str()); });
  if (index == 0) check(-1, "find interface {}", interface);
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(protocol);
  address.sll_ifindex = static_cast<int>(index);
  check(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
        "bind a packet socket to {}", interface);
}

PacketRing::PacketRing(const UniqueFd& socket, std::size_t bytes) : bytes_{bytes} {
  // Populated: a first touch must not cost a page fault while packets wait.
  void* start =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, socket.get(), 0);
  if (start == MAP_FAILED) check(-1, "map a packet ring of {} bytes", bytes);
  start_ = static_cast<std::uint8_t*>(start);
}

PacketRing::PacketRing(PacketRing&& other) noexcept
    : start_{std::exchange(other.start_, nullptr)}, bytes_{other.bytes_} {}

PacketRing& PacketRing::operator=(PacketRing&& other) noexcept {
  std::swap(start_, other.start_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

PacketRing::~PacketRing() {
  if (start_ != nullptr) ::munmap(start_, bytes_);
}

void clear_socket_error(const UniqueFd& socket) noexcept {
  int error = 0;
  socklen_t size = sizeof error;
  static_cast<void>(::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size));
}

}  // namespace wandrill
