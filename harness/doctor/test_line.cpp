// SPDX-License-Identifier: Apache-2.0
#include "doctor/test_line.hpp"

#include <optional>
#include <thread>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/address.hpp"
#include "net/link.hpp"
#include "net/netlink.hpp"

namespace wandrill {
namespace {

constexpr const char* kPort = "wan";
constexpr const char* kRouterSide = "router";
constexpr const char* kIspSide = "isp";
constexpr std::uint32_t kHome = 0xc0000201;  ///< 192.0.2.1
constexpr std::uint32_t kIsp = 0xc0000202;   ///< 192.0.2.2
constexpr std::uint16_t kUdpPort = 5000;
constexpr int kPatienceMs = 1000;

sockaddr_in address_of(std::uint32_t host) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(kUdpPort);
  address.sin_addr.s_addr = htonl(host);
  return address;
}

UniqueFd talker(const NetNs& where, std::uint32_t host) {
  auto socket = where.run([] {
    return UniqueFd{check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a socket")};
  });
  const auto own = address_of(host);
  check(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own),
        "bind a socket to 192.0.2.0/24");
  return socket;
}

void give_address(const NetNs& ns, const char* address) {
  auto netlink = Netlink::route(ns);
  add_address(netlink, interface_index(netlink, kPort), *IpPrefix::parse(address));
}

/// What was under way at `sent`; nothing when it did not come.
std::optional<Nanos> time_of_arrival(const UniqueFd& receiver, Clock::time_point sent) {
  pollfd arrival{receiver.get(), POLLIN, 0};
  if (::poll(&arrival, 1, kPatienceMs) <= 0) return std::nullopt;
  const auto now = Clock::now();
  char byte = 0;
  (void)!::recv(receiver.get(), &byte, 1, MSG_DONTWAIT);
  return now - sent;
}

void connect_to(const UniqueFd& socket, const sockaddr_in& target) {
  check(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&target), sizeof target),
        "connect a socket in 192.0.2.0/24");
}

/// A new line learns its addresses (ARP), and a new switch opens its ports, up to a second late.
/// False: nothing came through for long.
bool warm_up(const UniqueFd& sender, const UniqueFd& receiver) {
  constexpr int kTries = 50;
  constexpr int kApartMs = 100;
  pollfd arrival{receiver.get(), POLLIN, 0};
  int tries = 0;
  do
    (void)!::send(sender.get(), "x", 1, 0);
  while (::poll(&arrival, 1, kApartMs) <= 0 && ++tries < kTries);
  if (tries == kTries) return false;
  char byte = 0;
  while (::poll(&arrival, 1, 2 * kApartMs) > 0)
    (void)!::recv(receiver.get(), &byte, 1, MSG_DONTWAIT);
  return true;
}

}  // namespace

TestLine::TestLine() : home_{NetNs::create()}, isp_{NetNs::create()}, slot_{NetNs::create()} {
  auto netlink = Netlink::route(slot_);
  create_veth(netlink, {.ns = slot_, .name = kRouterSide, .index = 100'001},
              {.ns = home_, .name = kPort});
  create_veth(netlink, {.ns = slot_, .name = kIspSide, .index = 100'002},
              {.ns = isp_, .name = kPort});
  give_address(home_, "192.0.2.1/24");
  give_address(isp_, "192.0.2.2/24");
}

LinkSettings TestLine::settings(Nanos delay) {
  return {.wan = "tried",
          .seed = 1,
          .router_side = kRouterSide,
          .isp_side = kIspSide,
          .up = {.delay = delay},
          .down = {.delay = delay}};
}

std::vector<Nanos> TestLine::send(int count, Nanos interval) const {
  const auto sender = talker(home_, kHome);
  const auto receiver = talker(isp_, kIsp);
  const auto target = address_of(kIsp);
  connect_to(sender, target);
  std::vector<Nanos> times;
  if (!warm_up(sender, receiver)) return times;
  for (int number = 0; number < count; ++number) {
    const auto sent = Clock::now();
    (void)!::send(sender.get(), "x", 1, 0);
    if (const auto time = time_of_arrival(receiver, sent)) times.push_back(*time);
    std::this_thread::sleep_until(sent + interval);
  }
  return times;
}

}  // namespace wandrill
