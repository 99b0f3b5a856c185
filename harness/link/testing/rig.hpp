// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "link/engine.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill::testing {

/// A router and an ISP with a slot between them, as a lab has them: three namespaces of our own and
/// two veth pairs. Both ends have an address of each family, the router's 192.0.2.1 and
/// 2001:db8::1, the ISP's 192.0.2.2 and 2001:db8::2.
class Rig {
 public:
  struct Options {
    bool offloads = false;  ///< Leaves checksums and segmentation to the "hardware".
    std::uint32_t mtu = 1500;
  };
  Rig() : Rig(Options{}) {}
  explicit Rig(const Options& options);

  static constexpr const char* kPort = "wan";  ///< The interface of router and ISP.
  [[nodiscard]] LinkSettings settings(const Impairment& up = {}, const Impairment& down = {}) const;

  NetNs router;
  NetNs isp;
  NetNs slot;
  Netlink router_netlink;
  Netlink isp_netlink;
};

/// Why this machine cannot make namespaces, or "". An ordinary user gets a user namespace here, so
/// call it before anything starts a thread.
std::string why_no_lab();

/// A UDP socket at one end, bound and connected to the other end's.
class Talker {
 public:
  Talker(const NetNs& where, bool at_router, int family, std::uint16_t port = 5000);

  void send(std::uint32_t number, std::size_t size = 64) const;
  /// The numbers that arrive until `most` have or `patience` is over.
  [[nodiscard]] std::vector<std::uint32_t> receive(std::size_t most, Nanos patience) const;
  /// The numbers that arrive, up to and with `last`.
  [[nodiscard]] std::vector<std::uint32_t> receive_until(std::uint32_t last, Nanos patience) const;
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }

 private:
  UniqueFd socket_;
};

/// Bytes that are easy to tell apart, and what of them one TCP connection from router to ISP brings
/// over within 10 s.
std::vector<std::uint8_t> tcp_bytes(std::size_t count);
std::vector<std::uint8_t> tcp_transfer(const Rig& rig, int family,
                                       const std::vector<std::uint8_t>& bytes);

/// An rtnetlink socket that hears of every change of an interface.
UniqueFd listen_to_links(const NetNs& where);
/// Waits for news and takes it all.
bool hears(const UniqueFd& ear, Nanos patience);

std::size_t open_descriptors();
std::size_t running_threads();

}  // namespace wandrill::testing
