// SPDX-License-Identifier: Apache-2.0
#include "net/receive_cpu.hpp"

#include <fstream>

#include "base/testing/catch.hpp"
#include "net/link.hpp"
#include "net/testing/private_namespaces.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using Catch::Matchers::Message;

namespace {

bool is_root_of_the_host() {
  std::ifstream map{"/proc/self/uid_map"};
  unsigned inside = 1;
  unsigned outside = 1;
  return map >> inside >> outside && inside == 0 && outside == 0;
}

}  // namespace

TEST_CASE("All frames of an interface are taken in on one CPU", "[receive_cpu]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  const auto other = NetNs::create();
  auto netlink = Netlink::route(ns);
  create_veth(netlink, {.ns = ns, .name = "eth0"}, {.ns = other, .name = "eth0"});
  const Port here{ns, "eth0"};
  const Port there{other, "eth0"};
  if (receive_cpus(here).empty())
    WANDRILL_SKIP("sysfs cannot be seen here, or this kernel has no receive packet steering");
  CHECK(receive_cpus(here) == "0");
  if (!is_root_of_the_host()) {
    CHECK_FALSE(receive_on_one_cpu({here}, 0));
    WANDRILL_SKIP("only the host's root may steer, not that of a user namespace");
  }
  REQUIRE(receive_on_one_cpu({here}, 0));
  CHECK(receive_cpus(here) != "0");
  CHECK(receive_cpus(there) == "0");
  REQUIRE(receive_on_one_cpu({here, there}, 1024));
  CHECK(receive_cpus(there) != "0");
  CHECK(receive_cpus(here) == receive_cpus(there));
  CHECK_THROWS_MATCHES(receive_on_one_cpu({{ns, "no_such"}}, 0), std::system_error,
                       Message("find interface no_such: No such device"));
}
