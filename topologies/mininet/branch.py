# SPDX-License-Identifier: Apache-2.0
"""A branch office with two internet lines, as topologies/home_office.yaml has it.

    wandrill run live-call-disconnect --topology topologies/mininet/branch.py
    mn --custom topologies/mininet/branch.py --topo branch --controller none --switch lxbr
"""
from mininet.link import TCLink
from mininet.node import Node
from mininet.topo import Topo


class DualStack(Node):
    """A host: IPv4 by Mininet's own parameters, IPv6 by `ip6` and `gateway6`."""

    def config(self, ip6=None, gateway6=None, **params):
        super().config(**params)
        if ip6:
            self.cmd(f"ip -6 addr add {ip6} dev {self.defaultIntf()} nodad")
        if gateway6:
            self.cmd(f"ip -6 route add default via {gateway6}")


class Forwarder(Node):
    """Routes. `addresses`: by interface; `routes`: (destination, next hop) each."""

    def config(self, addresses=None, routes=(), **params):
        super().config(**params)
        self.cmd("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1")
        self.cmd("ip link set lo up")
        for interface, prefixes in (addresses or {}).items():
            for prefix in prefixes:
                self.cmd(f"ip addr add {prefix} dev {interface} {'nodad' if ':' in prefix else ''}")
        for destination, via in routes:
            self.cmd(f"ip route add {destination} via {via}")


class Branch(Topo):
    """Laptop, desk phone and camera behind a router with fibre (wan_a) and LTE (wan_b)."""

    # What wandrill cannot see from the network itself; mn passes it over.
    wandrill = {
        "router": "router",
        "wans": {"wan_a": {"priority": 1}, "wan_b": {"priority": 2}},
        "servers": {
            "web": {"node": "internet", "addresses": ["203.0.113.10", "2001:db8:f::10"]},
            "pbx": {"node": "internet", "addresses": ["203.0.113.20", "2001:db8:f::20"]},
            "dns": {"node": "internet", "addresses": ["203.0.113.53", "2001:db8:f::53"]},
        },
        "services": {"resolver": {"kind": "dns", "on": "dns"}, "watch": {"kind": "monitor", "on": "laptop"}},
    }

    def build(self, **_params):
        lan = self.addSwitch("lan", dpid="1")  # mn wants a number of a switch whose name has none
        for name, number in (("laptop", 10), ("desk_phone", 20), ("camera", 30)):
            host = self.addHost(name, cls=DualStack, ip=f"192.168.1.{number}/24", defaultRoute="via 192.168.1.1",
                                ip6=f"fd00:1::{number}/64", gateway6="fd00:1::1")
            self.addLink(host, lan)
        # The device under test: addresses only, the profile does the rest.
        router = self.addNode("router", cls=Forwarder, ip=None, addresses={
            "lan": ["192.168.1.1/24", "fd00:1::1/64"],
            "wan_a": ["100.64.1.2/24", "2001:db8:a::2/64"],
            "wan_b": ["100.64.2.2/24", "2001:db8:b::2/64"]})
        self.addLink(router, lan, intfName1="lan", intfName2="lan-router")
        internet = self.addNode("internet", cls=Forwarder, ip=None, addresses={
            "isp_a": ["192.0.2.2/30", "2001:db8:ffa::2/64"],
            "isp_b": ["192.0.2.6/30", "2001:db8:ffb::2/64"],
            "lo": ["203.0.113.10/32", "203.0.113.20/32", "203.0.113.53/32", "2001:db8:f::10/128",
                   "2001:db8:f::20/128", "2001:db8:f::53/128"]},
            routes=[("100.64.1.0/24", "192.0.2.1"), ("100.64.2.0/24", "192.0.2.5"),
                    ("2001:db8:a::/64", "2001:db8:ffa::1"), ("2001:db8:b::/64", "2001:db8:ffb::1")])
        for letter, net, delay, up, down in (("a", 1, "4ms", 30, 300), ("b", 2, "25ms", 10, 30)):
            core = f"192.0.2.{4 * net - 3}"
            isp = self.addNode(f"isp_{letter}", cls=Forwarder, ip=None, addresses={
                f"wan_{letter}": [f"100.64.{net}.1/24", f"2001:db8:{letter}::1/64"],
                "core": [f"{core}/30", f"2001:db8:ff{letter}::1/64"]},
                routes=[("default", f"192.0.2.{4 * net - 2}"), ("::/0", f"2001:db8:ff{letter}::2")])
            # Each end's parameters are those of what it sends.
            self.addLink(router, isp, cls=TCLink, intfName1=f"wan_{letter}", intfName2=f"wan_{letter}",
                         params1={"bw": up, "delay": delay}, params2={"bw": down, "delay": delay})
            self.addLink(isp, internet, intfName1="core", intfName2=f"isp_{letter}")


class OpenVSwitchBranch(Branch):
    """The same with Open vSwitch in the office, for kernels that have it: --topology mininet/branch:OpenVSwitchBranch."""

    wandrill = {**Branch.wandrill, "switch": "ovs"}


topos = {"branch": Branch}
