#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The shape of topologies/home_office.yaml in Mininet: ten namespaces, ten veth pairs, addresses and routes.

Needs root and the package mininet; to be started under `unshare --net --mount`, so that nothing of it
meets the machine's own network. Usage: mininet_network.py ROUNDS; prints "UP DOWN" in milliseconds a round.
"""
import sys
import time

from mininet.net import Mininet
from mininet.node import Node

# Node and interface of both ends, with the IPv4 and IPv6 address of those that have some.
CABLES = [
    (("laptop", "eth0", "192.168.1.10/24", "fd00:1::10/64"), ("lan", "laptop")),
    (("desk_phone", "eth0", "192.168.1.20/24", "fd00:1::20/64"), ("lan", "desk_phone")),
    (("camera", "eth0", "192.168.1.30/24", "fd00:1::30/64"), ("lan", "camera")),
    (("router", "lan", "192.168.1.1/24", "fd00:1::1/64"), ("lan", "router")),
    (("router", "wan_a", "100.64.1.2/24", "2001:db8:a::2/64"), ("slot_a", "router")),
    (("isp_a", "cpe", "100.64.1.1/24", "2001:db8:a::1/64"), ("slot_a", "isp")),
    (("router", "wan_b", "100.64.2.2/24", "2001:db8:b::2/64"), ("slot_b", "router")),
    (("isp_b", "cpe", "100.64.2.1/24", "2001:db8:b::1/64"), ("slot_b", "isp")),
    (("isp_a", "core", "192.0.2.1/30", "2001:db8:ffa::1/64"),
     ("internet", "isp_a", "192.0.2.2/30", "2001:db8:ffa::2/64")),
    (("isp_b", "core", "192.0.2.5/30", "2001:db8:ffb::1/64"),
     ("internet", "isp_b", "192.0.2.6/30", "2001:db8:ffb::2/64")),
]
HOSTS = ("laptop", "desk_phone", "camera")
FORWARDING = ("router", "isp_a", "isp_b", "internet")


def bring_up():
    net = Mininet(controller=None, waitConnected=False)
    names = dict.fromkeys(end[0] for cable in CABLES for end in cable)
    nodes = {name: net.addHost(name, cls=Node, ip=None) for name in names}
    for a, b in CABLES:
        net.addLink(nodes[a[0]], nodes[b[0]], intfName1=f"{a[0]}-{a[1]}", intfName2=f"{b[0]}-{b[1]}")
    net.build()
    for a, b in CABLES:
        for node, interface, *addresses in (a, b):
            for address in addresses:
                nodes[node].cmd(f"ip addr add {address} dev {node}-{interface}")
            nodes[node].cmd(f"ip link set {node}-{interface} up")
    nodes["lan"].cmd("ip link add bridge type bridge; ip link set bridge up")
    for port in nodes["lan"].intfNames():
        nodes["lan"].cmd(f"ip link set {port} master bridge")
    for name in HOSTS:
        nodes[name].cmd("ip route add default via 192.168.1.1; ip -6 route add default via fd00:1::1")
    for name in FORWARDING:
        nodes[name].cmd("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1")
    return net


def main():
    Mininet.inited = True  # else it raises limits of the whole machine
    for _ in range(int(sys.argv[1])):
        start = time.monotonic()
        net = bring_up()
        up = time.monotonic()
        net.stop()
        print(f"{(up - start) * 1e3:.3f} {(time.monotonic() - up) * 1e3:.3f}", flush=True)


if __name__ == "__main__":
    main()
