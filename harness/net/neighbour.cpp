// SPDX-License-Identifier: Apache-2.0
#include "net/neighbour.hpp"

#include <cerrno>
#include <string_view>

#include <fmt/format.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {

void set_neighbour_times(Netlink& netlink, int interface, const NeighbourTimes& times) {
  // Not by sysctl: the kernel hides those of the neighbour tables from an ordinary user's cell.
  constexpr std::string_view kIpv6Table = "ndisc_cache";
  for (const std::string_view table : {std::string_view{"arp_cache"}, kIpv6Table}) {
    NetlinkMessage message{RTM_SETNEIGHTBL, NLM_F_REQUEST | NLM_F_ACK};
    message.fixed(ndtmsg{});
    message.text(NDTA_NAME, table);
    message.nest(NDTA_PARMS, [&](NetlinkMessage& parameters) {
      parameters.attribute(NDTPA_IFINDEX, static_cast<std::uint32_t>(interface));
      parameters.attribute(NDTPA_BASE_REACHABLE_TIME,
                           static_cast<std::uint64_t>(times.reachable.count()));
      parameters.attribute(NDTPA_DELAY_PROBE_TIME,
                           static_cast<std::uint64_t>(times.delay_probe.count()));
    });
    const auto attempt = fmt::format("set the times of {}", table);
    const int reason = netlink.try_request(std::move(message), attempt);
    if (reason == 0 || (reason == ENOENT && table == kIpv6Table)) continue;  // it may be off
    errno = reason;
    check(-1, "{}", attempt);
  }
}

std::vector<Neighbour> dump_neighbours(Netlink& netlink, int interface) {
  constexpr std::size_t kFixedSize = sizeof(ndmsg);
  std::vector<Neighbour> found;
  NetlinkMessage message{RTM_GETNEIGH, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(ndmsg{});
  netlink.dump(std::move(message), "list neighbours", [&](const NetlinkView& view) {
    const auto fixed = view.fixed<ndmsg>();
    const auto mac = view.value<MacAddress>(kFixedSize, NDA_LLADDR);
    const auto address = view.find(kFixedSize, NDA_DST);
    if (!fixed || !mac || !address || fixed->ndm_ifindex != interface) return;
    const bool is_v4 = fixed->ndm_family == AF_INET;
    if ((fixed->ndm_state & NUD_NOARP) != 0 || address->size() < (is_v4 ? 4U : 16U)) return;
    found.push_back({.address = IpAddress{is_v4 ? Family::kIpv4 : Family::kIpv6, address->data()},
                     .mac = *mac,
                     .state = fixed->ndm_state});
  });
  return found;
}

void set_neighbour(Netlink& netlink, int interface, const Neighbour& neighbour) {
  ndmsg info{};
  info.ndm_family = neighbour.address.family() == Family::kIpv4 ? AF_INET : AF_INET6;
  info.ndm_ifindex = interface;
  info.ndm_state = neighbour.state;
  NetlinkMessage message{RTM_NEWNEIGH, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE};
  message.fixed(info);
  message.attribute(NDA_DST, neighbour.address.data(), neighbour.address.size());
  message.attribute(NDA_LLADDR, neighbour.mac.data(), neighbour.mac.size());
  netlink.request(std::move(message), "set neighbour " + to_string(neighbour.address));
}

}  // namespace wandrill
