// SPDX-License-Identifier: Apache-2.0
#include "net/conntrack.hpp"

#include <sys/socket.h>

#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "net/nft.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace wandrill::testing;

namespace {

/// Sends one datagram to each address: a connection each.
void talk_to(const NetNs& ns, std::initializer_list<const char*> targets) {
  for (const auto* target : targets) {
    const SocketAddress peer{address(target), 9};
    const UniqueFd socket{
        ns.run([&] { return ::socket(peer.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0); })};
    check(::sendto(socket.get(), "x", 1, 0, peer.get(), peer.length), "send to {}", target);
  }
}

}  // namespace

TEST_CASE("Connections are counted and forgotten by family, in their namespace only",
          "[conntrack]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  // Tracking starts with the first rule that looks at it.
  const std::string track = R"(table inet track {
  chain output {
    type filter hook output priority 0;
    ct state new counter
  }
})";
  run_nft(hosts.a, track);
  run_nft(hosts.b, track);
  talk_to(hosts.b, {"192.0.2.2"});
  talk_to(hosts.a, {"192.0.2.2", "192.0.2.3", "2001:db8::2"});

  Conntrack conntrack{hosts.a};
  CHECK(conntrack.count(Family::kIpv4) == 2);
  CHECK(conntrack.count(Family::kIpv6) >= 1);  // neighbour discovery may be tracked as well
  CHECK(conntrack.count() >= 3);

  conntrack.flush(Family::kIpv4);
  CHECK(conntrack.count(Family::kIpv4) == 0);
  CHECK(conntrack.count(Family::kIpv6) >= 1);

  talk_to(hosts.a, {"192.0.2.2"});
  CHECK(conntrack.count(Family::kIpv4) == 1);
  conntrack.flush();
  CHECK(conntrack.count() == 0);
  CHECK(Conntrack{hosts.b}.count(Family::kIpv4) >= 1);  // what it received is tracked too
}
