// SPDX-License-Identifier: Apache-2.0
#include "net/sysctl.hpp"

#include <vector>

#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "net/link.hpp"
#include "net/testing/private_namespaces.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using Catch::Matchers::Message;

TEST_CASE("A kernel parameter changes in its namespace only", "[sysctl]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const auto read = [] { return read_file("/proc/sys/net/ipv4/ip_forward"); };
  write_sysctl(ns, "net.ipv4.ip_forward", "1");
  CHECK(ns.run(read) == "1\n");
  CHECK(read() == "0\n");
}

TEST_CASE("A parameter of an interface with a dot in its name can be set", "[sysctl]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  auto netlink = Netlink::route(ns);
  create_veth(netlink, {.ns = ns, .name = "eth0.5"}, {.ns = ns, .name = "peer"});
  write_sysctl(ns, "net.ipv4.conf.eth0/5.rp_filter", "2");
  CHECK(ns.run([] { return read_file("/proc/sys/net/ipv4/conf/eth0.5/rp_filter"); }) == "2\n");
}

TEST_CASE("A parameter that cannot be set is named with its value", "[sysctl]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  CHECK_THROWS_MATCHES(write_sysctl(ns, "net.ipv4.no_such", "1"), std::system_error,
                       Message("set net.ipv4.no_such=1: No such file or directory"));
  CHECK_THROWS_MATCHES(write_sysctl(ns, "net.ipv4.ip_forward", "yes"), std::system_error,
                       Message("set net.ipv4.ip_forward=yes: Invalid argument"));
}

TEST_CASE("Several parameters are set in order, until one is refused", "[sysctl]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const std::vector<Sysctl> sysctls{{"net.ipv6.conf.all.forwarding", "1"},
                                    {"net.ipv4.no_such", "1"},
                                    {"net.ipv4.ip_forward", "1"}};
  CHECK_THROWS_MATCHES(write_sysctls(ns, sysctls), std::system_error,
                       Message("set net.ipv4.no_such=1: No such file or directory"));
  const auto read = [&](const char* path) { return ns.run([&] { return read_file(path); }); };
  CHECK(read("/proc/sys/net/ipv6/conf/all/forwarding") == "1\n");
  CHECK(read("/proc/sys/net/ipv4/ip_forward") == "0\n");
}
