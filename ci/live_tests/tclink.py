# SPDX-License-Identifier: Apache-2.0
"""A home link that TCLink makes 10 ms long and lossy, for ci/tclink_test."""
from mininet.link import TCLink
from mininet.node import Node
from mininet.topo import Topo


class Forwarder(Node):
    def config(self, routes=(), **params):
        super().config(**params)
        self.cmd("sysctl -qw net.ipv4.ip_forward=1")
        for destination, via in routes:
            self.cmd(f"ip route add {destination} via {via}")


class OneLink(Topo):
    wandrill = {"router": "r0", "wans": {"line": {"interface": "r0-eth1", "sources": ["192.168.1.0/24"]}}}

    def build(self):
        h1 = self.addHost("h1", ip="192.168.1.2/24", defaultRoute="via 192.168.1.1")
        r0 = self.addNode("r0", cls=Forwarder, ip="192.168.1.1/24")
        isp = self.addNode("isp", cls=Forwarder, ip="100.64.1.1/24", routes=[("192.168.1.0/24", "100.64.1.2")])
        self.addLink(h1, r0, cls=TCLink, delay="10ms", loss=1)
        self.addLink(r0, isp, params1={"ip": "100.64.1.2/24"})
