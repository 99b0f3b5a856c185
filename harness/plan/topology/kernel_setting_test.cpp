// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/kernel_setting.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("A router may set what its network namespace has for itself", "[plan]") {
  for (const auto* name :
       {"net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding", "net.ipv4.conf.eth0/5.rp_filter",
        "net.netfilter.nf_conntrack_udp_timeout", "net.ipv4.tcp_rmem", "net.core.somaxconn",
        "net.ipv4.neigh.default.base_reachable_time_ms", "net.ipv4.route.mtu_expires"}) {
    INFO(name);
    CHECK(objection_to_setting(name).empty());
  }
}

TEST_CASE("A router may set nothing of the whole machine", "[plan]") {
  for (const auto* name :
       {"kernel.panic", "vm.swappiness", "net", "fs.file-max", "netx.a", "net.core.rmem_max",
        "net.ipv4.tcp_mem", "net.nf_conntrack_max", "net.ipv6.route.gc_thresh"}) {
    INFO(name);
    CHECK(objection_to_setting(name).find("whole machine") != std::string::npos);
  }
}

TEST_CASE("A setting's name leads nowhere else", "[plan]") {
  for (const std::string name : {"", "net.", "net..ipv4", ".net.ipv4", "net.//.kernel.panic",
                                 "net.ipv4.a b", "net.ipv4.a\nb"}) {
    INFO(name);
    CHECK(objection_to_setting(name).find("no name of a kernel setting") != std::string::npos);
  }
  CHECK_FALSE(objection_to_setting({"net.ipv4\0x", 10}).empty());
}
