# SPDX-License-Identifier: Apache-2.0
"""Two offices and a headquarters behind it all: the first office's router, with its two lines, is under test.

    wandrill run scenarios/mininet-two-sites.yaml
    mn --custom topologies/mininet/two_sites.py --topo two_sites --controller none --switch lxbr
"""
from mininet.link import TCLink
from mininet.node import Node
from mininet.topo import Topo


class Forwarder(Node):
    """Routes. `addresses`: by interface; `routes`: (destination, next hop) each."""

    def config(self, addresses=None, routes=(), **params):
        super().config(**params)
        self.cmd("sysctl -qw net.ipv4.ip_forward=1")
        for interface, address in (addresses or {}).items():
            self.cmd(f"ip addr add {address} dev {interface}")
        for destination, via in routes:
            self.cmd(f"ip route add {destination} via {via}")


class TwoSites(Topo):
    """Office 1 with two lines, office 2 with one, and HQ, between two carriers."""

    wandrill = {"router": "office1", "wans": {"wan_a": {}, "wan_b": {}},
                "servers": {"web": {"node": "hq_pbx", "addresses": ["172.16.0.10"]},
                            "dns": {"node": "hq", "addresses": ["172.16.0.1"]}}}

    def build(self, **_params):
        lan1, lan2, core = (self.addSwitch(f"s{number}") for number in (1, 2, 3))
        phone1 = self.addHost("phone1", ip="192.168.1.10/24", defaultRoute="via 192.168.1.1")
        phone2 = self.addHost("phone2", ip="192.168.2.10/24", defaultRoute="via 192.168.2.1")
        hq_pbx = self.addHost("hq_pbx", ip="172.16.0.10/24", defaultRoute="via 172.16.0.1")
        office1 = self.addNode("office1", cls=Forwarder, ip=None, addresses={
            "lan": "192.168.1.1/24", "wan_a": "100.64.1.2/30", "wan_b": "100.64.2.2/30"})
        office2 = self.addNode("office2", cls=Forwarder, ip=None, addresses={
            "lan": "192.168.2.1/24", "wan": "100.64.3.2/30"}, routes=[("default", "100.64.3.1")])
        carriers = [self.addNode(f"carrier_{letter}", cls=Forwarder, ip=None, addresses={
            f"wan_{letter}": f"100.64.{number}.1/30", "core": f"198.51.100.{number}/24"},
            routes=[("default", "198.51.100.3")]) for number, letter in ((1, "a"), (2, "b"))]
        # HQ joins the carriers, and office 2 is a customer of it.
        hq = self.addNode("hq", cls=Forwarder, ip=None, addresses={
            "core": "198.51.100.3/24", "lan": "172.16.0.1/24", "office2": "100.64.3.1/30"}, routes=[
                ("100.64.1.0/30", "198.51.100.1"), ("100.64.2.0/30", "198.51.100.2"), ("192.168.2.0/24", "100.64.3.2")])
        self.addLink(phone1, lan1)
        self.addLink(office1, lan1, intfName1="lan")
        self.addLink(phone2, lan2)
        self.addLink(office2, lan2, intfName1="lan")
        for carrier, letter, delay in zip(carriers, "ab", ("3ms", "20ms")):
            self.addLink(office1, carrier, cls=TCLink, intfName1=f"wan_{letter}", intfName2=f"wan_{letter}",
                         bw=50, delay=delay)
            self.addLink(carrier, core, intfName1="core")
        self.addLink(hq, core, intfName1="core")
        self.addLink(office2, hq, cls=TCLink, intfName1="wan", intfName2="office2", bw=20, delay="10ms", loss=0.1)
        self.addLink(hq, hq_pbx, intfName1="lan")


topos = {"two_sites": TwoSites}
