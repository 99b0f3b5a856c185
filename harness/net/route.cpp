// SPDX-License-Identifier: Apache-2.0
#include "net/route.hpp"

#include <array>
#include <cstring>

#include <fmt/format.h>
#include <linux/rtnetlink.h>

#include "net/link.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kRequest = NLM_F_REQUEST | NLM_F_ACK;

std::uint8_t kernel_family(Family family) {
  return family == Family::kIpv4 ? AF_INET : AF_INET6;
}

/// A deletion leaves open who made the route and with which scope.
void leave_origin_open(rtmsg& info) {
  info.rtm_protocol = RTPROT_UNSPEC;
  info.rtm_scope = RT_SCOPE_NOWHERE;
}

NetlinkMessage route_message(Netlink& netlink, const Route& route, std::uint16_t type,
                             std::uint16_t flags) {
  rtmsg info{};
  info.rtm_family = kernel_family(route.destination.address.family());
  info.rtm_dst_len = route.destination.length;
  info.rtm_table = RT_TABLE_UNSPEC;
  info.rtm_protocol = RTPROT_STATIC;
  info.rtm_scope = route.gateway ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
  info.rtm_type = RTN_UNICAST;
  if (type == RTM_DELROUTE) leave_origin_open(info);
  NetlinkMessage message{type, flags};
  message.fixed(info);
  if (route.destination.length > 0)
    message.attribute(RTA_DST, route.destination.address.data(), route.destination.address.size());
  if (route.gateway) message.attribute(RTA_GATEWAY, route.gateway->data(), route.gateway->size());
  if (!route.interface.empty())
    message.attribute(RTA_OIF,
                      static_cast<std::uint32_t>(interface_index(netlink, route.interface)));
  message.attribute(RTA_TABLE, route.table);
  if (route.metric != 0) message.attribute(RTA_PRIORITY, route.metric);
  if (route.source) message.attribute(RTA_PREFSRC, route.source->data(), route.source->size());
  if (route.mtu != 0)
    message.nest(RTA_METRICS, [&](NetlinkMessage& metrics) {
      metrics.attribute(RTAX_LOCK, std::uint32_t{1U << RTAX_MTU});
      metrics.attribute(RTAX_MTU, route.mtu);
    });
  return message;
}

std::optional<IpAddress> address_in(const NetlinkView& view, Family family, std::uint16_t type) {
  const auto bytes = view.find(sizeof(rtmsg), type);
  if (!bytes || bytes->size() < (family == Family::kIpv4 ? 4U : 16U)) return std::nullopt;
  return IpAddress{family, bytes->data()};
}

std::uint32_t mtu_in(const NetlinkView& view) {
  std::uint32_t mtu = 0;
  const auto metrics = view.find(sizeof(rtmsg), RTA_METRICS);
  const auto bytes = metrics ? find_attribute(*metrics, RTAX_MTU) : std::nullopt;
  if (bytes && bytes->size() >= sizeof mtu) std::memcpy(&mtu, bytes->data(), sizeof mtu);
  return mtu;
}

std::string name_of(Netlink& names, std::uint32_t index) {
  std::string name;
  ifinfomsg info{};
  info.ifi_index = static_cast<int>(index);
  NetlinkMessage message{RTM_GETLINK, NLM_F_REQUEST};
  message.fixed(info);
  names.dump(std::move(message), "find an interface's name", [&](const NetlinkView& answer) {
    name = answer.text(sizeof(ifinfomsg), IFLA_IFNAME);
  });
  return name;
}

/// A route and the index of its interface (0: none); nothing when the message is cut short.
std::optional<std::pair<Route, std::uint32_t>> decode_route(const NetlinkView& view,
                                                            Family family) {
  constexpr std::size_t kFixedSize = sizeof(rtmsg);
  const auto fixed = view.fixed<rtmsg>();
  if (!fixed) return std::nullopt;
  Route route{.destination = default_destination(family)};
  if (const auto destination = address_in(view, family, RTA_DST))
    route.destination = {*destination, fixed->rtm_dst_len};
  route.gateway = address_in(view, family, RTA_GATEWAY);
  route.source = address_in(view, family, RTA_PREFSRC);
  route.table = view.value<std::uint32_t>(kFixedSize, RTA_TABLE).value_or(fixed->rtm_table);
  route.metric = view.value<std::uint32_t>(kFixedSize, RTA_PRIORITY).value_or(0);
  route.mtu = mtu_in(view);
  return std::pair{std::move(route), view.value<std::uint32_t>(kFixedSize, RTA_OIF).value_or(0)};
}

/// The kernel's ways to say that it would not send a packet: no route, or a route or rule of the
/// kinds unreachable, prohibit and blackhole (fib_props in net/ipv4/fib_semantics.c).
bool is_refusal(int error) {
  return error == ENETUNREACH || error == EHOSTUNREACH || error == EACCES || error == EINVAL;
}

}  // namespace

IpPrefix default_destination(Family family) {
  constexpr std::array<std::uint8_t, 16> kZero{};
  return {IpAddress{family, kZero.data()}, 0};
}

void add_route(Netlink& netlink, const Route& route) {
  netlink.request(route_message(netlink, route, RTM_NEWROUTE, kRequest | NLM_F_CREATE | NLM_F_EXCL),
                  "add route " + to_string(route));
}

void replace_route(Netlink& netlink, const Route& route) {
  netlink.request(
      route_message(netlink, route, RTM_NEWROUTE, kRequest | NLM_F_CREATE | NLM_F_REPLACE),
      "replace route " + to_string(route));
}

void delete_route(Netlink& netlink, const Route& route) {
  netlink.request(route_message(netlink, route, RTM_DELROUTE, kRequest),
                  "delete route " + to_string(route));
}

std::optional<Route> lookup_route(Netlink& netlink, const RouteQuestion& question) {
  const Family family = question.destination.family();
  rtmsg info{};
  info.rtm_family = kernel_family(family);
  info.rtm_dst_len = static_cast<std::uint8_t>(question.destination.size() * 8);
  info.rtm_flags = RTM_F_LOOKUP_TABLE;
  NetlinkMessage message{RTM_GETROUTE, NLM_F_REQUEST};
  if (question.source) info.rtm_src_len = static_cast<std::uint8_t>(question.source->size() * 8);
  message.fixed(info);
  message.attribute(RTA_DST, question.destination.data(), question.destination.size());
  if (question.source) message.attribute(RTA_SRC, question.source->data(), question.source->size());
  if (!question.interface.empty())
    message.attribute(RTA_OIF,
                      static_cast<std::uint32_t>(interface_index(netlink, question.interface)));
  if (question.mark != 0) message.attribute(RTA_MARK, question.mark);
  std::optional<std::pair<Route, std::uint32_t>> found;
  const auto attempt = "look up the route to " + to_string(question.destination);
  const int error = netlink.try_dump(std::move(message), attempt, [&](const NetlinkView& view) {
    found = decode_route(view, family);
  });
  if (error != 0 && !is_refusal(error))
    throw std::system_error{error, std::generic_category(), attempt};
  if (!found || error != 0) return std::nullopt;
  found->first.interface = name_of(netlink, found->second);
  return found->first;
}

std::vector<Route> dump_routes(Netlink& netlink, Family family) {
  std::vector<std::pair<Route, std::uint32_t>> found;
  rtmsg info{};
  info.rtm_family = kernel_family(family);
  NetlinkMessage message{RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(info);
  netlink.dump(std::move(message), "list routes", [&](const NetlinkView& view) {
    const auto fixed = view.fixed<rtmsg>().value_or(rtmsg{});
    // What was learnt of one destination (a path MTU, RFC 1191) is listed as well, as a clone.
    if (fixed.rtm_type != RTN_UNICAST || (fixed.rtm_flags & RTM_F_CLONED) != 0) return;
    if (auto route = decode_route(view, family)) found.push_back(std::move(*route));
  });
  std::vector<Route> routes;
  for (auto& [route, index] : found) {
    if (index != 0) route.interface = name_of(netlink, index);
    routes.push_back(std::move(route));
  }
  return routes;
}

std::string to_string(const Route& route) {
  std::string text = route.destination.length == 0 ? "default" : to_string(route.destination);
  if (route.gateway) text += " via " + to_string(*route.gateway);
  if (!route.interface.empty()) text += " dev " + route.interface;
  if (route.table != RT_TABLE_MAIN) text += fmt::format(" table {}", route.table);
  if (route.metric != 0) text += fmt::format(" metric {}", route.metric);
  if (route.mtu != 0) text += fmt::format(" mtu lock {}", route.mtu);
  return text;
}

}  // namespace wandrill
