// SPDX-License-Identifier: Apache-2.0
#include "lab/testing/reach.hpp"

#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/ip_address.hpp"
#include "base/unique_fd.hpp"

namespace wandrill::testing {
namespace {

constexpr int kEveryMs = 50;
constexpr std::uint16_t kPort = 7777;

UniqueFd open_at(const NetNs& ns, const std::string& text) {
  const SocketAddress local{IpAddress::parse(text).value(), kPort};
  return ns.run([&] {
    const int family = local.get()->sa_family;
    UniqueFd socket{check(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket")};
    const bool v4 = family == AF_INET;
    const int probe =
        v4 ? static_cast<int>(IP_PMTUDISC_PROBE) : static_cast<int>(IPV6_PMTUDISC_PROBE);
    check(::setsockopt(socket.get(), v4 ? IPPROTO_IP : IPPROTO_IPV6,
                       v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER, &probe, sizeof probe),
          "send in one piece");
    check(::bind(socket.get(), local.get(), local.length), "bind {}", text);
    return socket;
  });
}

}  // namespace

bool reaches(const Way& way, std::chrono::milliseconds patience) {
  const auto receiver = open_at(way.to, way.target);
  const auto sender = open_at(way.from, way.source);
  const SocketAddress peer{IpAddress::parse(way.target).value(), kPort};
  const std::vector<char> payload(way.payload);
  for (auto waited = 0; waited < patience.count(); waited += kEveryMs) {
    // Refused while the way is not there yet, or for its size.
    (void)::sendto(sender.get(), payload.data(), payload.size(), 0, peer.get(), peer.length);
    pollfd ready{receiver.get(), POLLIN, 0};
    if (::poll(&ready, 1, kEveryMs) > 0) return true;
  }
  return false;
}

}  // namespace wandrill::testing
