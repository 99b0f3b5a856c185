// SPDX-License-Identifier: Apache-2.0
#include "net/neighbour.hpp"

#include <cerrno>
#include <string_view>

#include <fmt/format.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

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

}  // namespace wandrill
