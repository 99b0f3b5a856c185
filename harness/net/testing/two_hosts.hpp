// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "net/address.hpp"
#include "net/link.hpp"
#include "net/sysctl.hpp"

namespace wandrill::testing {

inline IpPrefix prefix(const char* text) {
  return IpPrefix::parse(text).value();
}
inline IpAddress address(const char* text) {
  return IpAddress::parse(text).value();
}

/// Two namespaces joined by a veth pair, "left" in the one and "right" in the other, dual stack.
struct TwoHosts {
  NetNs a = NetNs::create();
  NetNs b = NetNs::create();
  Netlink at_a = Netlink::route(a);
  Netlink at_b = Netlink::route(b);

  TwoHosts() {
    for (const auto* ns : {&a, &b})
      write_sysctl(*ns, "net.ipv6.conf.default.accept_dad", "0");
    create_veth(at_a, {.ns = a, .name = "left"}, {.ns = b, .name = "right"});
    const int left = interface_index(at_a, "left");
    const int right = interface_index(at_b, "right");
    add_address(at_a, left, prefix("192.0.2.1/24"));
    add_address(at_a, left, prefix("2001:db8::1/64"));
    add_address(at_b, right, prefix("192.0.2.2/24"));
    add_address(at_b, right, prefix("2001:db8::2/64"));
  }
};

}  // namespace wandrill::testing
