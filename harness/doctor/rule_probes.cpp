// SPDX-License-Identifier: Apache-2.0
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_compat.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "doctor/probes.hpp"
#include "net/conntrack.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"
#include "net/nft.hpp"
#include "net/route.hpp"

namespace wandrill {
namespace {

constexpr int kPatienceMs = 2000;

/// libnftables ends the whole process where there is no netfilter at all.
bool has_netfilter() {
  return UniqueFd{::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER)}.get() >= 0;
}

Tried try_nft(const char* rules) {
  const NetNs scratch = NetNs::create();
  if (!has_netfilter()) return {.answer = Answer::kNo};
  try {
    run_nft(scratch, rules);
  } catch (const MachineError&) {
    return {.answer = Answer::kNo};
  }
  return {.answer = Answer::kYes};
}

constexpr const char* kNat4 = R"(table ip wandrill {
  chain postrouting {
    type nat hook postrouting priority srcnat
    oifname "wan_a" masquerade
  }
})";
constexpr const char* kNat6 = R"(table ip6 wandrill {
  chain postrouting {
    type nat hook postrouting priority srcnat
    oifname "wan_a" masquerade
  }
})";
constexpr const char* kSets = R"(table inet wandrill {
  set guests {
    type ipv4_addr
    flags interval, timeout
  }
  chain forward {
    type filter hook forward priority filter
    ct state established,related accept
    ip saddr @guests counter drop
    meta mark set ct mark
    limit rate 10/second accept
    reject
  }
})";
/// Switches connection tracking on in a namespace.
constexpr const char* kTracking = R"(table inet wandrill {
  chain output {
    type filter hook output priority filter
    ct state new accept
  }
})";

/// Sends a datagram to the loopback interface: a new connection for the tracker.
void make_connection(const NetNs& ns) {
  const auto socket = ns.run([] {
    return UniqueFd{check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a socket")};
  });
  sockaddr_in target{};
  target.sin_family = AF_INET;
  target.sin_port = htons(9);
  target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check(::sendto(socket.get(), "x", 1, 0, reinterpret_cast<sockaddr*>(&target), sizeof target),
        "send a datagram");
}

/// A connection is known, and is not any more after a flush.
Tried try_flush() {
  const NetNs scratch = NetNs::create();
  if (!has_netfilter()) return {.answer = Answer::kNo};
  try {
    run_nft(scratch, kTracking);
    Conntrack table{scratch};
    make_connection(scratch);
    const auto before = table.count();
    table.flush();
    const auto after = table.count();
    if (before > 0 && after == 0) return {.answer = Answer::kYes};
    return {.answer = Answer::kNo,
            .detail = fmt::format("{} connections before, {} after", before, after)};
  } catch (const std::exception&) {
    return {.answer = Answer::kNo};
  }
}

/// A new connection is told of over netlink.
Tried try_events() {
  const NetNs scratch = NetNs::create();
  const auto socket = scratch.run(
      [] { return UniqueFd{::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER)}; });
  if (!socket) return judged(errno);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = NF_NETLINK_CONNTRACK_NEW;
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    return judged(errno);
  try {
    // What the tracker does in a namespace begins with its first rule.
    run_nft(scratch, kTracking);
    (void)Conntrack{scratch}.count();
  } catch (const std::exception&) {
    return {.answer = Answer::kNo};
  }
  make_connection(scratch);
  pollfd event{socket.get(), POLLIN, 0};
  if (::poll(&event, 1, kPatienceMs) > 0) return {.answer = Answer::kYes};
  return {.answer = Answer::kNo};
}

/// What a dual-WAN router does: a rule by mark, a table of its own; and the kernel follows them.
Tried try_policy(Family family, const char* elsewhere) {
  constexpr std::uint32_t kMark = 7;
  constexpr std::uint32_t kTable = 100;
  const NetNs scratch = NetNs::create();
  auto netlink = Netlink::route(scratch);
  try {
    add_rule(
        netlink,
        {.family = family, .priority = 100, .mark = kMark, .mark_mask = 0xff, .table = kTable});
    add_route(netlink,
              {.destination = default_destination(family), .interface = "lo", .table = kTable});
    const auto target = *IpAddress::parse(elsewhere);
    const auto marked = lookup_route(netlink, {.destination = target, .mark = kMark});
    const auto other = lookup_route(netlink, {.destination = target});
    const bool is_followed = marked && marked->table == kTable && !other;
    return {.answer = is_followed ? Answer::kYes : Answer::kNo};
  } catch (const std::system_error& error) {
    return judged(error.code().value());
  }
}

}  // namespace

std::vector<Probe> rule_probes() {
  return {{"nat4", [] { return try_nft(kNat4); }},
          {"nat6", [] { return try_nft(kNat6); }},
          {"nft_sets", [] { return try_nft(kSets); }},
          {"ct_flush", try_flush},
          {"ct_events", try_events},
          {"policy4", [] { return try_policy(Family::kIpv4, "203.0.113.10"); }},
          {"policy6", [] { return try_policy(Family::kIpv6, "2001:db8:5::10"); }}};
}

}  // namespace wandrill
