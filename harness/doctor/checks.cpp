// SPDX-License-Identifier: Apache-2.0
#include "doctor/checks.hpp"

#include <algorithm>
#include <array>

namespace wandrill {
namespace {

constexpr std::string_view kLab = "The lab";
constexpr std::string_view kRules = "Router rules: addresses, firewall, routes";
constexpr std::string_view kQueues = "Queues, for routers that shape traffic";
constexpr std::string_view kPorts = "Kinds of port";
constexpr std::string_view kTester = "The tester itself";
constexpr std::string_view kVm = "A VM of its own: --vm";
constexpr std::string_view kPrograms = "Programs";

constexpr std::string_view kNewKernel = "add --vm, or boot a kernel that has it";

// A table: one row a check.
// clang-format off
constexpr auto kChecks = std::to_array<Check>({
    {"cell", kLab, "throw-away cell", "drills run in namespaces of their own, apart from this host",
     "no drill can run", "", Need::kMainJob},
    {"userns", kLab, "user namespaces", "an ordinary user can run drills; root is not needed",
     "only root can run drills",
     "sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000"},
    {"cables", kLab, "cables and switches", "hosts, switches and lines can be built",
     "no network can be built", "modprobe veth bridge", Need::kMainJob},
    {"wire", kLab, "engine wire", "lines can be cut, delayed and made lossy, without any module",
     "links cannot be impaired by wandrill's own relay", "modprobe af_packet"},
    {"netem", kLab, "engine netem", "lines can be impaired by the kernel itself: --engine netem",
     "the wire engine plays every fault instead", "modprobe sch_netem, or add --vm"},
    {"refrouter", kLab, "reference router", "drills have a router to start with: wandrill-refrouter",
     "drills need --router, a router of yours", "ci/build release", Need::kMainJob},

    {"nat4", kRules, "NAT, IPv4", "routers can masquerade behind each WAN's address",
     "no router can masquerade", "modprobe nft_masq nft_chain_nat", Need::kMainJob},
    {"nat6", kRules, "NAT, IPv6", "routers can masquerade IPv6 as well",
     "the reference router cannot masquerade IPv6", "modprobe nft_masq nft_chain_nat", Need::kMainJob},
    {"nft_sets", kRules, "nft sets, counters", "firewalls with address lists, marks, limits and rejects load",
     "firewall rules with sets, marks, limits or rejects are refused", "modprobe nft_ct nft_limit nft_reject_inet"},
    {"ct_flush", kRules, "connection flush", "routers can make calls choose their WAN anew at a failover",
     "calls would keep their old WAN's address after a failover", "modprobe nf_conntrack_netlink", Need::kMainJob},
    {"ct_events", kRules, "connection events", "a scenario can watch NAT sessions come and go",
     "NAT sessions can only be listed, not watched", "sysctl -w net.netfilter.nf_conntrack_events=1"},
    {"policy4", kRules, "policy routes, IPv4", "routers can choose a WAN by mark or source address",
     "no dual-WAN router works without ip rule", kNewKernel, Need::kMainJob},
    {"policy6", kRules, "policy routes, IPv6", "routers can choose a WAN by mark or source, in IPv6 too",
     "no dual-WAN router works without ip -6 rule", kNewKernel, Need::kMainJob},

    {"prio", kQueues, "prio", "strict priority for voice", "no strict priority queues", "modprobe sch_prio, or add --vm"},
    {"htb", kQueues, "htb", "guaranteed and borrowed bandwidth per class", "no bandwidth classes",
     "modprobe sch_htb, or add --vm"},
    {"tbf", kQueues, "tbf", "a plain rate limit", "no token bucket", "modprobe sch_tbf, or add --vm"},
    {"fq", kQueues, "fq", "pacing of each flow, as BBR wants it", "no fq pacing", "modprobe sch_fq, or add --vm"},
    {"fq_codel", kQueues, "fq_codel", "smart queues against bufferbloat", "no smart queues against bufferbloat",
     "modprobe sch_fq_codel, or add --vm"},
    {"pfifo", kQueues, "pfifo", "plain queues of a given length", "no plain queues", kNewKernel},
    {"ingress", kQueues, "ingress", "arriving traffic can be policed", "arriving traffic cannot be policed",
     "modprobe sch_ingress, or add --vm"},
    {"clsact", kQueues, "clsact", "filters and eBPF on both ways of a port", "no filters on both ways of a port",
     "modprobe sch_ingress, or add --vm"},
    {"ifb", kQueues, "ifb", "downloads can be shaped, as SQM does", "downloads cannot be shaped with ifb",
     "modprobe ifb, or add --vm"},

    {"vlan", kPorts, "VLAN (802.1Q)", "segments can share a trunk, tagged", "no tagged trunks; each segment has its own cable",
     "modprobe 8021q, or add --vm"},
    {"bridge_vlan", kPorts, "switch with VLANs", "a switch can keep segments apart", "switches cannot filter VLANs",
     kNewKernel},
    {"vrf", kPorts, "VRF", "routers can keep a routing table of its own for each WAN", "router configs with VRFs fail",
     "modprobe vrf, or add --vm"},
    {"dummy", kPorts, "dummy", "routers can have loopback-like interfaces", "router configs with dummy ports fail",
     "modprobe dummy, or add --vm"},
    {"vxlan", kPorts, "VXLAN", "overlays between sites", "no VXLAN overlays", "modprobe vxlan, or add --vm"},
    {"wireguard", kPorts, "WireGuard, kernel", "VPN drills use the kernel's WireGuard",
     "VPN drills need WireGuard in user space, or the VM", "modprobe wireguard, or add --vm"},
    {"wireguard_user", kPorts, "WireGuard, user", "WireGuard works even without a kernel module",
     "no WireGuard in user space", "apt-get install wireguard-go"},
    {"tap", kPorts, "tap and tun", "routers in VMs, OpenVPN and user-space WireGuard get their ports",
     "no router VM, OpenVPN or user-space WireGuard", "modprobe tun"},

    {"realtime", kTester, "SCHED_FIFO", "wandrill runs ahead of ordinary programs, even on a busy machine",
     "a busy machine makes the tester late; on an idle one it is fine",
     "run as root, or add '@users - rtprio 10' to /etc/security/limits.conf"},
    {"timers", kTester, "timers", "1 ms probes keep their time", "bounds below some milliseconds may be inconclusive",
     "stop other programs, give the machine another CPU, or run as root"},

    {"qemu", kVm, "QEMU", "VMs can be started", "no --vm", "apt-get install qemu-system-x86"},
    {"guest_kernel", kVm, "kernel for the VM", "a stock kernel with netem stands ready", "no --vm",
     "wandrill vm setup"},
    {"kvm", kVm, "KVM", "VMs run at full speed", "VMs are emulated: they work, and are some milliseconds late",
     "use a machine with nested virtualisation"},

    {"python", kPrograms, "Python 3", "scripts and Mininet topologies can run", "no Mininet topologies",
     "apt-get install python3"},
    {"mininet", kPrograms, "Mininet", "topologies can come from Mininet files", "topologies come from YAML only",
     "apt-get install mininet"},
    {"keepalived", kPrograms, "keepalived", "VRRP and track scripts as router", "no keepalived router",
     "apt-get install keepalived"},
    {"frr", kPrograms, "FRR", "BGP, OSPF and BFD as router", "no FRR router", "apt-get install frr"},
    {"bird", kPrograms, "BIRD", "BGP, OSPF and BFD as router", "no BIRD router", "apt-get install bird2"},
    {"strongswan", kPrograms, "strongSwan", "IPsec tunnels", "no IPsec tunnels", "apt-get install strongswan"},
    {"openvpn", kPrograms, "OpenVPN", "OpenVPN tunnels", "no OpenVPN tunnels", "apt-get install openvpn"},
    {"wg", kPrograms, "WireGuard tools", "WireGuard tunnels can be configured with wg", "no wg command for router configs",
     "apt-get install wireguard-tools"},
    {"dnsmasq", kPrograms, "dnsmasq", "DHCP and DNS servers for dhcp and dns faults", "no dnsmasq for DHCP and DNS",
     "apt-get install dnsmasq-base"},
    {"unbound", kPrograms, "unbound", "a validating DNS resolver", "no unbound resolver", "apt-get install unbound"},
    {"tcpdump", kPrograms, "tcpdump", "captures by hand, with wandrill enter", "no captures by hand",
     "apt-get install tcpdump"},
    {"tshark", kPrograms, "tshark", "calls can be checked by a second tool", "no second opinion on calls",
     "apt-get install tshark"},
    {"sipp", kPrograms, "SIPp", "SIP load from the field's own tool", "no SIPp", "apt-get install sip-tester"},
    {"baresip", kPrograms, "baresip", "calls by a real softphone", "no real softphone", "apt-get install baresip-core"},
});
// clang-format on

}  // namespace

std::span<const Check> all_checks() {
  return kChecks;
}

const Check* find_check(std::string_view id) {
  const auto found = std::ranges::find(kChecks, id, &Check::id);
  return found == kChecks.end() ? nullptr : &*found;
}

}  // namespace wandrill
