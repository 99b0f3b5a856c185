// SPDX-License-Identifier: Apache-2.0
#include "net/wireguard.hpp"

#include "base/testing/catch.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace wandrill::testing;

TEST_CASE("A kernel without WireGuard is told from one with it", "[wireguard]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const bool has_it = create_wireguard(hosts.at_a, "wg0");
  CHECK(has_it == kernel_has_wireguard());
  if (!has_it) {
    CHECK_THROWS_AS(WireguardControl{hosts.a}, std::system_error);
    return;
  }
  WireguardDevice device{.name = "wg0", .port = 20001};
  device.secret.fill(7);
  device.peer.key.fill(9);
  device.peer.endpoint = SocketAddress{address("192.0.2.2"), 10001};
  device.peer.keepalive = std::chrono::seconds{25};
  device.peer.allowed = {prefix("10.254.1.1/32"), prefix("fd00:254:1::1/128")};
  WireguardControl control{hosts.a};
  control.configure(device);
  CHECK_FALSE(control.has_shaken_hands("wg0"));
}
