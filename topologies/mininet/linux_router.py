# SPDX-License-Identifier: Apache-2.0
"""A router in the manner of Mininet's linuxrouter.py, with a failover of its own: a shell script of a dozen lines.

    wandrill run scenarios/mininet-linux-router.yaml
    mn --custom topologies/mininet/linux_router.py --topo linux_router --controller none --switch lxbr
"""
from mininet.link import TCLink
from mininet.node import Node
from mininet.topo import Topo

# Takes the second line after three pings in a row to the first provider were lost, and goes back after five answers.
FAILOVER = """
lost=0 heard=0 line=1
while sleep 0.2; do
  if ping -q -c 1 -W 0.3 -I r0-eth1 203.0.113.1 >/dev/null 2>&1; then heard=$((heard + 1)) lost=0
  else lost=$((lost + 1)) heard=0; fi
  if [ $line = 1 ] && [ $lost -ge 3 ]; then line=2; ip route replace default via 100.64.2.1
  elif [ $line = 2 ] && [ $heard -ge 5 ]; then line=1; ip route replace default via 100.64.1.1
  fi
done
"""


class LinuxRouter(Node):
    """A node that forwards and masquerades; with `failover` it also looks after its lines."""

    def config(self, failover=True, **params):
        super().config(**params)
        self.cmd("sysctl -qw net.ipv4.ip_forward=1")
        self.cmd("ip route replace default via 100.64.1.1")
        # The checks of the first line must leave by it, whichever line is in use.
        self.cmd("ip route replace 203.0.113.1 via 100.64.1.1 dev r0-eth1")
        self.cmd("nft add table ip nat")
        self.cmd("nft 'add chain ip nat out { type nat hook postrouting priority 100; }'")
        self.cmd("nft 'add rule ip nat out oifname { r0-eth1, r0-eth2 } masquerade'")
        if failover:
            with open(f"/tmp/{self.name}-failover", "w", encoding="ascii") as script:
                script.write(FAILOVER)
            self.cmd(f"sh /tmp/{self.name}-failover </dev/null >/dev/null 2>&1 &")


class Provider(Node):
    """A provider's router: default route to the internet, and back to its customer's network."""

    def config(self, routes=(), **params):
        super().config(**params)
        self.cmd("sysctl -qw net.ipv4.ip_forward=1")
        for destination, via in routes:
            self.cmd(f"ip route replace {destination} via {via}")


class LinuxRouterTopo(Topo):
    """One host, one router on two lines, one server. `failover=0` makes a router that notices nothing (on a command line `False` is a text, and true)."""

    wandrill = {"router": "r0", "wans": {"fibre": {"interface": "r0-eth1"}, "lte": {"interface": "r0-eth2"}}}

    def build(self, failover=True, **_params):
        r0 = self.addNode("r0", cls=LinuxRouter, ip="192.168.1.1/24", failover=failover)
        s1, s2 = self.addSwitch("s1"), self.addSwitch("s2")
        h1 = self.addHost("h1", ip="192.168.1.100/24", defaultRoute="via 192.168.1.1")
        server = self.addNode("server", cls=Provider, ip="203.0.113.3/24", routes=[
            ("100.64.1.0/24", "203.0.113.1"), ("100.64.2.0/24", "203.0.113.2")])
        self.addLink(h1, s1)
        self.addLink(r0, s1, intfName1="r0-eth0", params1={"ip": "192.168.1.1/24"})
        self.addLink(server, s2)
        for number, delay in ((1, "5ms"), (2, "30ms")):
            isp = self.addNode(f"isp{number}", cls=Provider, ip=f"203.0.113.{number}/24")
            self.addLink(isp, s2)
            self.addLink(r0, isp, cls=TCLink, bw=20, delay=delay, intfName1=f"r0-eth{number}",
                         params1={"ip": f"100.64.{number}.2/24"}, params2={"ip": f"100.64.{number}.1/24"})


topos = {"linux_router": LinuxRouterTopo}
