// SPDX-License-Identifier: Apache-2.0
#include "base/ip_address.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Addresses and prefixes are read strictly and written canonically", "[ip]") {
  CHECK(to_string(IpAddress::parse("203.0.113.10").value()) == "203.0.113.10");
  CHECK(to_string(IpAddress::parse("2001:0db8::0:1").value()) == "2001:db8::1");
  CHECK_FALSE(IpAddress::parse("203.0.113").has_value());
  CHECK_FALSE(IpAddress::parse(std::string_view{"1.2.3.4\0x", 9}).has_value());
  CHECK(to_string(IpPrefix::parse("192.168.1.1/24").value()) == "192.168.1.1/24");
  for (const auto* wrong : {"192.168.1.1", "192.168.1.1/", "192.168.1.1/33", "fd00::/129", "x/8"})
    CHECK_FALSE(IpPrefix::parse(wrong).has_value());
}

TEST_CASE("A prefix holds the addresses of its network and family only", "[ip]") {
  const auto net = IpPrefix::parse("100.64.1.0/22").value();
  CHECK(net.contains(IpAddress::parse("100.64.3.255").value()));
  CHECK_FALSE(net.contains(IpAddress::parse("100.64.4.0").value()));
  CHECK_FALSE(net.contains(IpAddress::parse("fd00::1").value()));
  CHECK(IpPrefix::parse("::/0")->contains(IpAddress::parse("fd00::1").value()));
}

TEST_CASE("A socket address gives back its address and port", "[ip]") {
  for (const auto* text : {"203.0.113.10", "2001:db8::7"}) {
    const SocketAddress socket{IpAddress::parse(text).value(), 5060};
    CHECK(to_string(socket.address()) == text);
    CHECK(socket.port() == 5060);
  }
}
