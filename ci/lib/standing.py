# SPDX-License-Identifier: Apache-2.0
"""A Mininet network of a script of its own, as users have them, and what its namespaces are like. Run as a program it is the script:
it starts a topology, writes "up", and plays a drill from within by wandrill.attach() for each line that it reads."""
import contextlib
import ctypes
import fcntl
import json
import os
import pathlib
import re
import socket
import struct
import subprocess
import sys

TREE = pathlib.Path(__file__).resolve().parents[2]
TOPOLOGY = TREE / "topologies/mininet/linux_router.py"
LOOKS = {
    "links": "ip -d -j link", "addresses": "ip -j addr", "routes": "ip -j route show table all; ip -6 -j route show table all",
    "rules": "ip -j rule; ip -6 -j rule", "nft": "nft list ruleset", "queues": "tc -j qdisc", "settings": "grep -rs . /proc/sys/net",
}
# Clocks, counters and what is drawn anew.
CHANGING = re.compile(r'"[a-z_]*timer":[^,}]*,?|"expires":[^,}]*,?|[^\n]*(nf_conntrack_count|conntrack_max|stable_secret|random)[^\n]*')
CLONE_NEWNET = 0x40000000
BPF_PROG_GET_NEXT_ID, BPF_SYSCALL = 11, {"x86_64": 321, "aarch64": 280}.get(os.uname().machine, 0)
SIOCETHTOOL = 0x8946
FEATURES = {"receive checksum": 0x14, "send checksum": 0x16, "scatter-gather": 0x18, "TSO": 0x1e, "GSO": 0x23, "GRO": 0x2b}
LIBC = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def inside(pid):
    """In the network namespace of a process."""
    with open("/proc/thread-self/ns/net", encoding="ascii") as home, open(f"/proc/{pid}/ns/net", encoding="ascii") as there:
        assert LIBC.setns(there.fileno(), CLONE_NEWNET) == 0
        try:
            yield
        finally:
            assert LIBC.setns(home.fileno(), CLONE_NEWNET) == 0


def programs_in_kernel():
    """Numbers of all BPF classifiers of this machine that are wandrill's."""
    found, last = [], 0
    while BPF_SYSCALL:
        attributes = ctypes.create_string_buffer(128)
        ctypes.memmove(attributes, last.to_bytes(4, sys.byteorder), 4)
        if LIBC.syscall(BPF_SYSCALL, BPF_PROG_GET_NEXT_ID, attributes, len(attributes)) != 0:
            return found
        last = int.from_bytes(attributes[4:8], sys.byteorder)
        found.append(last)
    return found


def offloads():
    """Of all interfaces here: ethtool(8)'s ioctls."""
    found = {}
    with socket.socket() as any_socket:
        for _, name in socket.if_nameindex():
            for feature, command in FEATURES.items():
                value = ctypes.create_string_buffer(struct.pack("II", command, 0))
                request = struct.pack("16sP16x", name.encode(), ctypes.addressof(value))
                with contextlib.suppress(OSError):
                    fcntl.ioctl(any_socket, SIOCETHTOOL, request)
                    found[f"{name} {feature}"] = struct.unpack("II", value[:8])[1]
    return found


def state_of(pids):
    """All that a drill could have changed, by node."""
    state = {}
    homes = {os.readlink(f"/proc/{pid}/ns/net"): (node, pid) for node, pid in pids.items()}
    for node, pid in homes.values():
        with inside(pid):
            done = subprocess.run("; echo =====; ".join(LOOKS.values()), shell=True, capture_output=True, text=True, check=False)
            for look, said in zip(LOOKS, done.stdout.split("=====\n")):
                state[f"{look} of {node}"] = CHANGING.sub("", said)
            state[f"offloads of {node}"] = offloads()
    return state


class Standing:
    """The network, held by a process of its own; in the namespaces of the caller."""

    def __init__(self, topo):
        environment = {**os.environ, "PYTHONPATH": str(TREE / "build/release/python")}
        self.process = subprocess.Popen(["/usr/bin/python3", __file__, topo], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=environment)
        self.pids = json.loads(self.process.stdout.readline() or "{}")
        if not self.pids:
            raise RuntimeError("Mininet did not start the network")

    @property
    def pid(self):
        return self.process.pid

    def drill_from_within(self, scenario, out):
        """wandrill.attach(net).run(scenario) in the script itself: how it ended."""
        self.process.stdin.write(json.dumps([str(scenario), str(out)]) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def pings(self, address="203.0.113.3"):
        with inside(self.pids["h1"]):
            return subprocess.run(["ping", "-c1", "-W1", address], stdout=subprocess.DEVNULL, check=False).returncode == 0

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def hold(topo):
    from mininet.log import setLogLevel
    from mininet.net import Mininet
    from mininet.node import Switch
    from mininet.util import customClass, splitArgs

    class Bridge(Switch):
        def start(self, _controllers):
            self.cmd(f"ip link add {self} type bridge forward_delay 0 && ip link set {self} up")
            for port in self.intfList():
                if port.name != "lo":
                    self.cmd(f"ip link set {port} master {self} up")

        def stop(self, deleteIntfs=True):
            self.cmd(f"ip link del {self}")
            super().stop(deleteIntfs)

    setLogLevel("critical")
    Mininet.inited = True  # else it raises limits of the whole machine
    topos = {}
    exec(TOPOLOGY.read_text(), topos)  # pylint: disable=exec-used
    name, args, kwargs = splitArgs(topo)
    net = Mininet(topo=topos["topos"][name](*args, **kwargs), switch=customClass({"bridge": Bridge}, "bridge"), controller=None)
    net.start()
    try:
        pids = {node.name: node.pid for node in net.values()}
        print(json.dumps(pids), flush=True)
        for line in sys.stdin:
            scenario, out = json.loads(line)
            import wandrill
            result = wandrill.attach(net).run(scenario, out=out)
            print(result.outcome.value, flush=True)
    finally:
        net.stop()


if __name__ == "__main__":
    hold(sys.argv[1])
