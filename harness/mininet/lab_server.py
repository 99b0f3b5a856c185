#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Builds a Mininet network in the namespaces that it is started in, tells what stands, and keeps it standing.

lab_server.py DESCRIPTOR REQUEST: REQUEST is a JSON object with `file`, `topo` ("" or as `mn --topo` has it), `switch`
(a name of `mn --switch`), `only_look` (all switches are Linux bridges) and `slots`: links between which a namespace goes, each {"name", "a": [node, interface],
"b": [node, interface]}. DESCRIPTOR is a connected socket. One line of JSON goes into it, {"built": …} or
{"error": …, "kind": "topology" | "machine"}; when the other end closes, so does this program.

lab_server.py --cli, within a lab: Mininet's own command line on it, as `wandrill enter RUN --mininet-cli`.
"""
import sys

if sys.path[0] == "":
    del sys.path[0]  # what is called json.py in the user's folder is not meant

import ctypes
import importlib.machinery
import importlib.util
import json
import math
import os
import select
import signal
import socket
import subprocess
import traceback

CLI_SOCKET = "/run/wandrill/mininet/cli"
LONGEST_INTERFACE = 15
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)
# The interfaces of a slot, and indices that no port of a node has: where both ends of a pair have the same, the kernel
# takes them for one device.
SLOT_ENDS = (("router", 100001), ("isp", 100002))
# In the place of Mininet's own mnexec, which insists on a /sys of each node's own; in a user namespace the kernel may
# refuse that one.
MNEXEC = """#!/bin/sh
net= attach= session= real_time=
while getopts cdnpa:g:r:v option; do
  case $option in
    d) session=setsid ;;
    n) net=1 ;;
    p) printf '\\001%d\\n' $$ ;;
    a) attach=$OPTARG ;;
    r) real_time="chrt -f $OPTARG" ;;
    g) echo "mnexec: there are no cgroups of CPU shares in a lab" >&2; exit 1 ;;
    v) echo 2.3.0; exit ;;
    *) ;;
  esac
done
shift $((OPTIND - 1))
if [ "$net" ]; then
  exec $session unshare --net --mount -- sh -c 'mount -t sysfs -o ro,nosuid,nodev,noexec sysfs /sys 2>/dev/null; exec "$@"' sh $real_time "$@"
elif [ "$attach" ]; then
  exec $session nsenter -t "$attach" --net --mount --wd="$PWD" -- $real_time "$@"
fi
exec $session $real_time "$@"
"""
# What Mininet's TCIntf takes for tc: each is an egress of one interface.
TC_KEYS = ("bw", "delay", "jitter", "loss", "max_queue_size", "speedup", "use_hfsc", "use_tbf", "latency_ms",
           "enable_ecn", "enable_red")


class Refused(Exception):
    """The topology, or what it asks of this machine, cannot be had; the text says why."""

    def __init__(self, text, kind="topology"):
        super().__init__(text)
        self.kind = kind


def import_mininet():
    """Mininet's modules by name; says what is missing where they are not to be had."""
    here = f"{sys.executable} ({sys.version.split()[0]})"
    try:
        import mininet.link
        import mininet.log
        import mininet.net
        import mininet.node
        import mininet.nodelib
        import mininet.topo
        import mininet.topolib
        import mininet.util
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("distutils"):
            raise Refused(f"Mininet needs Python's distutils, which {here} has no more: Python 3.12 and later lack it; "
                          "WANDRILL_PYTHON names another Python", "machine") from error
        if (error.name or "").startswith("mininet"):
            raise Refused(f"{here} finds no Mininet: apt-get install mininet, or WANDRILL_PYTHON names the Python that "
                          "has it", "machine") from error
        raise Refused(f"{here} cannot load Mininet: {error}", "machine") from error
    return mininet


def in_namespace_of(pid, act):
    """Calls `act` in the network namespace of a process, and comes back."""
    with open("/proc/self/ns/net", "rb") as home, open(f"/proc/{pid}/ns/net", "rb") as there:
        if LIBC.setns(there.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"enter the network namespace of process {pid}")
        try:
            return act()
        finally:
            LIBC.setns(home.fileno(), CLONE_NEWNET)


def set_ipv6(name, value):
    path = f"/proc/sys/net/ipv6/conf/default/{name}"
    if os.path.exists(path):
        with open(path, "w", encoding="ascii") as file:
            file.write(value)


def make_addresses_usable_at_once():
    """As in all labs: no duplicate address detection, and no routes from advertisements that nobody asked for."""
    set_ipv6("accept_dad", "0")
    set_ipv6("accept_ra", "0")


def make_slot():
    """A process that holds a network namespace of its own; its id."""
    reader, writer = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent or LIBC.unshare(CLONE_NEWNET) != 0:
            os._exit(1)
        set_ipv6("disable_ipv6", "1")
        os.write(writer, b"k")
        while True:
            signal.pause()
    os.close(writer)
    made = os.read(reader, 1)
    os.close(reader)
    if made != b"k":
        raise Refused("the kernel gives no network namespace for a link's slot", "machine")
    return pid


def provide_mnexec():
    folder = "/run/wandrill/mininet"
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "mnexec")
    with open(path, "w", encoding="ascii") as file:
        file.write(MNEXEC)
    os.chmod(path, 0o755)
    os.environ["PATH"] = folder + ":" + os.environ["PATH"]
    # Mininet itself would wait for a shell that never comes.
    tried = subprocess.run([path, "-cdn", "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        raise Refused(f"no network namespaces for Mininet's nodes: {tried.stderr.strip()}", "machine")


class Slots:
    """The links that get a namespace in their middle."""

    def __init__(self, wanted):
        self.pids = {}
        self._by_ends = {}
        for slot in wanted:
            a, b = tuple(slot["a"]), tuple(slot["b"])
            self._by_ends[(a, b)] = (slot["name"], 0)
            self._by_ends[(b, a)] = (slot["name"], 1)

    def make_pairs(self, mininet, ends, run_here):
        """Both cables of a link, if it is one of ours. `ends`: (node, interface, address) twice."""
        found = self._by_ends.get(tuple((str(node), interface) for node, interface, _ in ends))
        if found is None:
            return False
        name, first = found
        pid = self.pids[name] = make_slot()
        for (node, interface, mac), (end, index) in zip(ends, SLOT_ENDS if first == 0 else SLOT_ENDS[::-1]):
            run = mininet.util.quietRun if run_here else node.cmd
            address = f"address {mac}" if mac else ""
            said = run(f"ip link add name {interface} {address} type veth peer name {end} index {index} netns {pid}")
            if said:
                raise Refused(f"make {interface} of {node}: {said.strip()}")
        return True


def check_interface(node, name, taken):
    if len(name) > LONGEST_INTERFACE:
        raise Refused(f"the interface '{name}' of '{node}' has {len(name)} characters, and Linux takes "
                      f"{LONGEST_INTERFACE}: a shorter name for the node, or intfName1 and intfName2 of the link")
    where = node.name if node is not None and node.inNamespace else ""
    if (where, name) in taken:
        raise Refused(f"'{node}' has two interfaces '{name}'")
    taken.add((where, name))


def plain(value):
    """What JSON has no number for, such as nan, as text: it is refused with the name of its link."""
    is_number = isinstance(value, int) or isinstance(value, float) and math.isfinite(value)
    return value if is_number or isinstance(value, str) else str(value)


def patch_mininet(mininet, slots):
    """Links whose impairment is ours, and shells whose namespaces are as a lab's are."""
    node, link = mininet.node, mininet.link
    start_shell = node.Node.startShell

    def start(self, *args, **kwargs):
        start_shell(self, *args, **kwargs)
        if self.inNamespace:
            in_namespace_of(self.pid, make_addresses_usable_at_once)

    node.Node.startShell = start

    configure = link.TCIntf.config

    def config(self, **params):
        self.wandrill_tc = {key: plain(params.pop(key)) for key in TC_KEYS if params.get(key) is not None}
        return configure(self, **params)

    link.TCIntf.config = config
    make_pair = link.Link.__dict__["makeIntfPair"].__func__

    taken = set()

    def make(cls, name1, name2, addr1=None, addr2=None, node1=None, node2=None, deleteIntfs=True):
        ends = getattr(cls, "wandrill_ends", None) or (node1, node2)
        run_here = node1 is None
        for end, name in zip(ends, (name1, name2)):
            check_interface(end, name, taken)
        if not slots.make_pairs(mininet, ((ends[0], name1, addr1), (ends[1], name2, addr2)), run_here):
            make_pair(cls, name1, name2, addr1, addr2, node1, node2, deleteIntfs)

    link.Link.makeIntfPair = classmethod(make)


def bridge_class(mininet):
    """Mininet's Linux bridge without brctl, forwarding at once; every port is in it, whatever its name."""

    class Bridge(mininet.nodelib.LinuxBridge):
        def start(self, _controllers):
            self.cmd(f"ip link add {self} type bridge forward_delay 0 && ip link set {self} up")
            for port in self.intfList():
                if port.name != "lo":
                    self.cmd(f"ip link set {port} master {self} up")

        def stop(self, deleteIntfs=True):
            mininet.node.Switch.stop(self, deleteIntfs)

        @classmethod
        def setup(cls):
            pass

    return Bridge


def switch_class(mininet, name, bridge):
    return {"lxbr": bridge, "ovs": mininet.node.OVSSwitch, "ovsbr": mininet.node.OVSBridge}[name or "lxbr"]


def run_tool(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def start_open_vswitch(needs_kernel):
    """Open vSwitch's two daemons, in this network; nothing of a machine's own is touched."""
    folder, schema = "/run/openvswitch", "/usr/share/openvswitch/vswitch.ovsschema"
    os.makedirs(folder, exist_ok=True)
    steps = (("ovsdb-tool", "create", f"{folder}/conf.db", schema),
             ("ovsdb-server", f"{folder}/conf.db", f"--remote=punix:{folder}/db.sock", "--detach", "--no-chdir",
              f"--pidfile={folder}/ovsdb-server.pid", f"--log-file={folder}/ovsdb-server.log"),
             ("ovs-vsctl", "--no-wait", "init"),
             ("ovs-vswitchd", "--detach", "--no-chdir", f"--pidfile={folder}/ovs-vswitchd.pid",
              f"--log-file={folder}/ovs-vswitchd.log"))
    for step in steps:
        try:
            done = run_tool(*step)
        except FileNotFoundError as error:
            raise Refused(f"the topology has Open vSwitch, and there is no {step[0]}: apt-get install openvswitch-switch, "
                          "or take Linux bridges: switch: lxbr", "machine") from error
        if done.returncode != 0:
            raise Refused(f"{step[0]} did not start: {done.stderr.strip()[-400:]}", "machine")
    if needs_kernel and run_tool("ovs-dpctl", "add-dp", "wandrill-try").returncode != 0:
        raise Refused("this kernel has no Open vSwitch. Linux bridges work here (switch: lxbr), and so do Open "
                      "vSwitches with datapath='user'; --vm has a kernel with it", "machine")
    run_tool("ovs-dpctl", "del-dp", "wandrill-try")


def load_module(path):
    # Whatever its name ends in, as `mn --custom` has it.
    loader = importlib.machinery.SourceFileLoader("wandrill_topology", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    sys.modules[loader.name] = module
    sys.path.insert(0, os.path.dirname(path))
    try:
        loader.exec_module(module)
    except SystemExit as error:
        raise Refused(f"it ends Python while it is loaded (SystemExit: {error.code}): what is not for import belongs "
                      "below if __name__ == '__main__'") from error
    return module


def known_topologies(mininet, module):
    """By name: what the file lists in `topos`, as `mn --custom` reads it, and the classes that it defines."""
    known = {}
    for name, value in vars(module).items():
        is_own = isinstance(value, type) and value.__module__ == module.__name__
        if is_own and issubclass(value, mininet.topo.Topo):
            known[name] = value
    listed = getattr(module, "topos", {})
    if not isinstance(listed, dict):
        raise Refused("'topos' is no dictionary of topologies")
    return known, {str(name): value for name, value in listed.items()}


def make_topology(mininet, module, wanted):
    known, listed = known_topologies(mininet, module)
    name, args, kwargs = mininet.util.splitArgs(wanted) if wanted else ("", [], {})
    choice = {**known, **listed}
    if not name:
        # A class that others extend is a part of them.
        leaves = [one for one in known if not any(other is not known[one] and issubclass(other, known[one])
                                                  for other in known.values())]
        candidates = list(listed) or leaves
        if len(candidates) != 1:
            raise Refused("there is no topology in it: a subclass of mininet.topo.Topo, or an entry of 'topos'"
                          if not candidates else f"which of its topologies? 'topo' takes {', '.join(candidates)}")
        name = candidates[0]
    if name not in choice:
        raise Refused(f"there is no topology '{name}' in it; there is {', '.join(choice) or 'none'}")
    topo = choice[name](*args, **kwargs)
    if not isinstance(topo, mininet.topo.Topo):
        raise Refused(f"'{name}' makes no mininet.topo.Topo but {type(topo).__name__}")
    return name, topo


def class_of(maker):
    """Of a class, or of functools.partial() of one, as Mininet's own helpers make them."""
    maker = getattr(maker, "func", maker)
    return maker if isinstance(maker, type) else object


class Built:
    """The network, and what is said of it."""

    def __init__(self, request):
        self.mininet = import_mininet()
        mininet = self.mininet
        mininet.log.setLogLevel("warning")
        provide_mnexec()
        self.slots = Slots(request["slots"])
        patch_mininet(mininet, self.slots)
        module = load_module(request["file"])
        self.name, topo = make_topology(mininet, module, request["topo"])
        self.roles = getattr(topo, "wandrill", {})
        self.only_look = request["only_look"]
        self.bridge = bridge_class(mininet)
        mininet.net.Mininet.inited = True  # else it raises limits of the whole machine
        switch = self.bridge if self.only_look else switch_class(mininet, request["switch"], self.bridge)
        if not self.only_look:
            self.start_what_switches_need(topo, switch)
        self.net = self.network_class()(topo=topo, switch=switch, controller=None, build=False)
        self.net.build()
        self.net.start()

    def start_what_switches_need(self, topo, default):
        ovs = self.mininet.node.OVSSwitch
        found = [topo.nodeInfo(name) for name in topo.switches()]
        found = [info for info in found if issubclass(class_of(info.get("cls", default)), ovs)]
        if found:
            start_open_vswitch(any(info.get("datapath", "kernel") != "user" for info in found))

    def network_class(self):
        mininet, bridge, only_look = self.mininet, self.bridge, self.only_look

        class Network(mininet.net.Mininet):
            def addLink(self, node1, node2, port1=None, port2=None, cls=None, **params):
                cls = self.link if cls is None else cls
                ends = tuple(self[node] if isinstance(node, str) else node for node in (node1, node2))
                if isinstance(cls, type):
                    # makeIntfPair() of a link that is not `fast` is not told its nodes.
                    cls = type(cls.__name__, (cls,), {"wandrill_ends": ends})
                return super().addLink(*ends, port1, port2, cls, **params)

            def addHost(self, name, cls=None, **params):
                if issubclass(class_of(cls or self.host), mininet.node.CPULimitedHost):
                    raise Refused(f"'{name}' is a CPULimitedHost: a lab has no control groups to limit its CPU; take "
                                  "mininet.node.Host")
                return super().addHost(name, cls, **params)

            def addSwitch(self, name, cls=None, **params):
                if only_look:
                    return super().addSwitch(name, bridge, **params)
                kind = cls or self.switch
                if issubclass(class_of(kind), mininet.node.OVSSwitch):
                    # Without a controller it is to learn by itself.
                    params.setdefault("failMode", "standalone")
                return super().addSwitch(name, cls, **params)

        return Network

    def describe(self):
        net = self.net
        switches = set(net.switches)
        nodes = [{"name": node.name, "pid": node.pid if node.inNamespace else os.getpid(), "class": type(node).__name__,
                  "is_switch": node in switches} for node in net.hosts + net.switches]
        links = [{"class": type(link).__name__, "a": self.end(link.intf1), "b": self.end(link.intf2)}
                 for link in net.links]
        return {"topo": self.name, "nodes": nodes, "links": links, "slots": self.slots.pids, "roles": self.roles}

    @staticmethod
    def end(interface):
        # Mininet sorts its links by name; ports are counted in the order of the file.
        return {"node": interface.node.name, "interface": interface.name, "port": interface.node.ports[interface],
                "tc": getattr(interface, "wandrill_tc", {})}


def text_of(error):
    """Where it went wrong, from the first line that is not this program's."""
    frames = traceback.extract_tb(error.__traceback__)
    while frames and (frames[0].filename == __file__ or "importlib" in frames[0].filename):
        del frames[0]
    return "".join(traceback.format_list(frames)).rstrip()


def build(request, log):
    """The network, or {"error": …}."""
    try:
        built = Built(request)
        return built, {"built": built.describe()}
    except Refused as error:
        return None, {"error": str(error), "kind": error.kind}
    except SystemExit:
        return None, {"error": f"Mininet gave up: {log.text() or 'without a word'}", "kind": "machine"}
    except BaseException as error:  # pylint: disable=broad-except
        said = str(error).replace("\r", "").strip()
        return None, {"error": f"it raises {type(error).__name__}: {said}", "trace": text_of(error),
                      "kind": "topology"}


class Log:
    """What Mininet writes as an error; it goes on after many of them."""

    def __init__(self):
        self._path = "/run/wandrill/mininet.log"
        os.makedirs(os.path.dirname(self._path), exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
        for descriptor in (1, 2):
            os.dup2(self._file, descriptor)

    def text(self):
        sys.stdout.flush()
        sys.stderr.flush()
        return os.pread(self._file, 4096, 0).decode("utf-8", "replace").strip()


def serve_cli(net, terminal):
    """Mininet's command line on another process's terminal, in a copy of this process: ends with it."""
    from mininet.cli import CLI
    from mininet.log import setLogLevel

    _, descriptors, _, _ = socket.recv_fds(terminal, 1, 3)
    for own, given in enumerate(descriptors):
        os.dup2(given, own)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    setLogLevel("info")
    terminal.sendall(f"{os.getpid()}\n".encode())
    CLI(net)


def keep_standing(net, line):
    """Until the other end of the line is closed. Whoever connects to CLI_SOCKET gets a command line."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(CLI_SOCKET)
    listener.listen()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        ready, _, _ = select.select([line, listener], [], [])
        if line in ready and not line.recv(4096):
            return
        if listener not in ready:
            continue
        terminal, _ = listener.accept()
        if os.fork() == 0:
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                serve_cli(net, terminal)
            finally:
                os._exit(0)
        terminal.close()


def ask_for_cli():
    """The other side of serve_cli(): lends its terminal, and hands Ctrl-C on."""
    server = socket.socket(socket.AF_UNIX)
    try:
        server.connect(CLI_SOCKET)
    except OSError:
        sys.exit("wandrill: Mininet's command line is for labs that Mininet has built, and this one is not")
    socket.send_fds(server, [b"t"], [0, 1, 2])
    pid = int(server.makefile().readline() or 0)
    while True:
        try:
            server.recv(1)
            return
        except KeyboardInterrupt:
            os.kill(pid, signal.SIGINT)


def main():
    if sys.argv[1:] == ["--cli"]:
        return ask_for_cli()
    line = socket.socket(fileno=int(sys.argv[1]))
    line.set_inheritable(False)
    log = Log()
    built, answer = build(json.loads(sys.argv[2]), log)
    try:
        text = json.dumps(answer, allow_nan=False)
    except (TypeError, ValueError) as error:
        text = json.dumps({"error": f"its 'wandrill' is no plain dictionary: {error}", "kind": "topology"})
    line.sendall(text.encode() + b"\n")
    if built is not None:
        keep_standing(built.net, line)
    # Without net.stop(): what holds this process ends everything at once.
    os._exit(0)


if "__file__" not in globals():
    __file__ = "<string>"  # as tracebacks call what came by -c
if __name__ == "__main__":
    main()
