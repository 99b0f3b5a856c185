#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Mininet: `net.links` of a network from a Topo is in the order of the nodes' names, not in that of its addLink() calls.
#
#   findings/mininet-links-by-name.sh
#
# Version:   Mininet 2.3.0 (Debian 12: mininet 2.3.0-1)
# Input:     a topology that links router r0 to the switch "wan" first, and to the switch "lan" second
# Behaviour: buildFromTopo() makes links in the order of topo.links(sort=True), which sorts them by their nodes' names.
#            topo.links() is in the order of addLink(). The numbers of ports are given by addLink(), so links[0] of the network
#            is that of the router's second port.
# Output:    topo.links(): r0-wan r0-lan
#            net.links: r0-lan r0-wan
#            ports of r0 in net.links: 1 0
#
# Needs neither root nor wandrill: the network's nodes and links are stand-ins that only remember what they are made with.
# Unpacks Debian's package in a temporary folder; exit code 1 when the behaviour is another one.
set -eu
version=2.3.0-1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# As an ordinary user apt's own _apt may not write here, which it only says.
apt-get download -q "mininet=$version" >/dev/null 2>&1 || { echo "there is no mininet=$version to download: apt-cache policy mininet"; exit 1; }
dpkg -x mininet_*.deb unpacked
cat >office.py <<'PYTHON'
import sys

import mininet
from mininet.net import VERSION, Mininet
from mininet.topo import Topo

assert mininet.__file__.startswith(sys.argv[1]), mininet.__file__


class Office(Topo):
    def build(self):
        r0 = self.addHost("r0")
        self.addLink(r0, self.addSwitch("wan"))
        self.addLink(r0, self.addSwitch("lan"))


class StandIn:
    """Of a node: no shell, no namespace."""

    def __init__(self, name, **_params):
        self.name = name


class Link:
    """Of a link: no interfaces."""

    def __init__(self, node1, node2, port1=None, port2=None, **_params):
        self.name, self.port1 = f"{node1.name}-{node2.name}", port1


topo = Office()
Mininet.inited = True  # else it raises limits of the machine, as root
net = Mininet(build=False, host=StandIn, switch=StandIn, controller=None, link=Link)
net.buildFromTopo(topo)
print(f"Mininet {VERSION}")
print("topo.links():", *("-".join(ends) for ends in topo.links()))
print("net.links:", *(link.name for link in net.links))
print("ports of r0 in net.links:", *(link.port1 for link in net.links))
PYTHON
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$folder/unpacked/usr/lib/python3/dist-packages" /usr/bin/python3 office.py "$folder" | tee said
cat >expected <<'TEXT'
Mininet 2.3.0
topo.links(): r0-wan r0-lan
net.links: r0-lan r0-wan
ports of r0 in net.links: 1 0
TEXT
diff expected said || { echo "this is not what was found before"; exit 1; }
