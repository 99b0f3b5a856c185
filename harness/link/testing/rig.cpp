// SPDX-License-Identifier: Apache-2.0
#include "link/testing/rig.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <thread>

#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/error.hpp"
#include "net/address.hpp"
#include "net/link.hpp"
#include "net/sysctl.hpp"

namespace wandrill::testing {
namespace {

void configure(const NetNs& ns, Netlink& netlink, const char* v4, const char* v6) {
  const int index = interface_index(netlink, Rig::kPort);
  add_address(netlink, index, *IpPrefix::parse(v4));
  add_address(netlink, index, *IpPrefix::parse(v6));
  static_cast<void>(ns);
}

void quieten(const NetNs& ns) {
  write_sysctl(ns, "net.ipv6.conf.default.accept_dad", "0");
  write_sysctl(ns, "net.ipv6.conf.default.accept_ra", "0");
}

sockaddr_storage address_of(bool router, int family, std::uint16_t port, socklen_t& size) {
  sockaddr_storage storage{};
  if (family == AF_INET) {
    auto& address = reinterpret_cast<sockaddr_in&>(storage);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, router ? "192.0.2.1" : "192.0.2.2", &address.sin_addr);
    size = sizeof address;
  } else {
    auto& address = reinterpret_cast<sockaddr_in6&>(storage);
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    ::inet_pton(AF_INET6, router ? "2001:db8::1" : "2001:db8::2", &address.sin6_addr);
    size = sizeof address;
  }
  return storage;
}

std::size_t entries(const char* folder) {
  using std::filesystem::directory_iterator;
  return static_cast<std::size_t>(std::distance(directory_iterator{folder}, directory_iterator{}));
}

}  // namespace

Rig::Rig(const Options& options)
    : router{NetNs::create()},
      isp{NetNs::create()},
      slot{NetNs::create()},
      router_netlink{Netlink::route(router)},
      isp_netlink{Netlink::route(isp)} {
  quieten(router);
  quieten(isp);
  write_sysctl(slot, "net.ipv6.conf.default.disable_ipv6", "1");
  Netlink netlink = Netlink::route(slot);
  create_veth(netlink, {.ns = slot, .name = "router", .mtu = options.mtu, .index = 100'001},
              {.ns = router, .name = kPort, .mtu = options.mtu});
  create_veth(netlink, {.ns = slot, .name = "isp", .mtu = options.mtu, .index = 100'002},
              {.ns = isp, .name = kPort, .mtu = options.mtu});
  if (!options.offloads) {
    disable_offloads(router, kPort);
    disable_offloads(isp, kPort);
    disable_offloads(slot, "router");
    disable_offloads(slot, "isp");
  }
  configure(router, router_netlink, "192.0.2.1/24", "2001:db8::1/64");
  configure(isp, isp_netlink, "192.0.2.2/24", "2001:db8::2/64");
}

LinkSettings Rig::settings(const Impairment& up, const Impairment& down) const {
  return {.wan = "wan_a",
          .seed = 7,
          .router_side = "router",
          .isp_side = "isp",
          .up = up,
          .down = down};
}

std::string why_no_lab() {
  static const std::string reason = [] {
    try {
      // With a network namespace of its own: only to that may this process return.
      if (::geteuid() != 0)
        check(::unshare(CLONE_NEWUSER | CLONE_NEWNET), "create a user namespace");
      static_cast<void>(NetNs::create());
      return std::string{};
    } catch (const std::exception& error) {
      return std::string{error.what()};
    }
  }();
  return reason;
}

Talker::Talker(const NetNs& where, bool at_router, int family, std::uint16_t port)
    : socket_{where.run([&] {
        return UniqueFd{check(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a socket")};
      })} {
  socklen_t size = 0;
  const int room = 4 << 20;
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  const auto own = address_of(at_router, family, port, size);
  check(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&own), size), "bind a talker");
  const auto other = address_of(!at_router, family, port, size);
  check(::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&other), size),
        "connect a talker");
}

void Talker::send(std::uint32_t number, std::size_t size) const {
  std::vector<std::uint8_t> payload(std::max(size, sizeof number));
  std::memcpy(payload.data(), &number, sizeof number);
  // A port without link is an answer that tests look for at the other end.
  static_cast<void>(::send(socket_.get(), payload.data(), payload.size(), 0));
}

std::vector<std::uint32_t> Talker::receive(std::size_t most, Nanos patience) const {
  std::vector<std::uint32_t> numbers;
  const auto deadline = Clock::now() + patience;
  std::vector<std::uint8_t> buffer(65536);
  while (numbers.size() < most) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd readable{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count())) <= 0) break;
    std::uint32_t number = 0;
    if (::recv(socket_.get(), buffer.data(), buffer.size(), 0) < 4) continue;
    std::memcpy(&number, buffer.data(), sizeof number);
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::uint8_t> tcp_bytes(std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  for (std::size_t i = 0; i < count; ++i)
    bytes[i] = static_cast<std::uint8_t>(i * 31U + i / 251U);
  return bytes;
}

std::vector<std::uint8_t> tcp_transfer(const Rig& rig, int family,
                                       const std::vector<std::uint8_t>& bytes) {
  const auto open = [family](const NetNs& ns) {
    UniqueFd socket = ns.run([family] {
      return UniqueFd{check(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), "open a socket")};
    });
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return socket;
  };
  socklen_t size = 0;
  const auto address = address_of(false, family, 6000, size);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  const UniqueFd listener = open(rig.isp);
  const UniqueFd client = open(rig.router);
  const int reuse = 1;
  ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  check(::bind(listener.get(), generic, size), "bind a server");
  check(::listen(listener.get(), 1), "listen");
  check(::connect(client.get(), generic, size), "connect to a server");
  const UniqueFd server{check(::accept(listener.get(), nullptr, nullptr), "accept")};
  std::thread sender{[&] {
    for (std::size_t done = 0; done < bytes.size();) {
      const auto sent =
          ::send(client.get(), bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
      if (sent <= 0) break;
      done += static_cast<std::size_t>(sent);
    }
    ::shutdown(client.get(), SHUT_WR);
  }};
  std::vector<std::uint8_t> received;
  std::vector<std::uint8_t> block(65536);
  for (;;) {
    const auto got = ::recv(server.get(), block.data(), block.size(), 0);
    if (got <= 0) break;
    received.insert(received.end(), block.begin(), block.begin() + got);
  }
  sender.join();
  return received;
}

std::vector<std::uint32_t> Talker::receive_until(std::uint32_t last, Nanos patience) const {
  std::vector<std::uint32_t> numbers;
  const auto deadline = Clock::now() + patience;
  while ((numbers.empty() || numbers.back() != last) && Clock::now() < deadline)
    for (const auto number : receive(1, deadline - Clock::now()))
      numbers.push_back(number);
  return numbers;
}

UniqueFd listen_to_links(const NetNs& where) {
  UniqueFd ear = where.run([] {
    return UniqueFd{
        check(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE),
              "open a netlink socket")};
  });
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK;
  check(::bind(ear.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
        "listen to links");
  return ear;
}

bool hears(const UniqueFd& ear, Nanos patience) {
  pollfd readable{.fd = ear.get(), .events = POLLIN, .revents = 0};
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(patience).count();
  if (::poll(&readable, 1, static_cast<int>(milliseconds)) <= 0) return false;
  std::vector<std::uint8_t> buffer(65536);
  do {
    while (::recv(ear.get(), buffer.data(), buffer.size(), 0) > 0) {
    }
    // One change may be told in several messages.
  } while (::poll(&readable, 1, 30) > 0);
  return true;
}

std::size_t open_descriptors() {
  return entries("/proc/self/fd");
}

std::size_t running_threads() {
  return entries("/proc/self/task");
}

}  // namespace wandrill::testing
