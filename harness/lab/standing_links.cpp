// SPDX-License-Identifier: Apache-2.0
#include "lab/standing_links.hpp"

#include <algorithm>

namespace wandrill {

Json StandingLinks::found() {
  homes_.push_back({"", &machine_, {}});
  for (auto& home : homes_) {
    auto netlink = Netlink::route(*home.ns);
    home.interfaces = peers_in(netlink);
    auto& numbers = numbers_.emplace_back();
    for (const auto& other : homes_)
      numbers.push_back(nsid_of(netlink, *other.ns));
  }
  Json links = Json::array();
  for (const auto& home : homes_)
    for (const auto& interface : home.interfaces) {
      const End near{&home, &interface};
      const auto far = other_end(near);
      // Each link is seen from both ends.
      if (!far ||
          std::pair{near.home, near.interface->index} > std::pair{far->home, far->interface->index})
        continue;
      const auto a = node_of(near);
      const auto b = node_of(*far);
      if (a.empty() || b.empty()) continue;
      const auto end = [](const std::string& node, const InterfacePeer& port) {
        return Json{
            {"node", node}, {"interface", port.name}, {"port", port.index}, {"tc", Json::object()}};
      };
      links.push_back(
          {{"class", "Link"}, {"a", end(a, interface)}, {"b", end(b, *far->interface)}});
    }
  return links;
}

std::optional<StandingLinks::End> StandingLinks::other_end(const End& end) const {
  if (end.interface->peer == 0) return std::nullopt;
  const auto& numbers = numbers_[static_cast<std::size_t>(end.home - homes_.data())];
  for (std::size_t i = 0; i < homes_.size(); ++i) {
    const bool is_it =
        end.interface->nsid ? numbers[i] == end.interface->nsid : &homes_[i] == end.home;
    if (!is_it) continue;
    const auto found =
        std::ranges::find(homes_[i].interfaces, end.interface->peer, &InterfacePeer::index);
    // What a VLAN or tunnel device stands on has no such device as its other end.
    if (found == homes_[i].interfaces.end() || found->peer != end.interface->index)
      return std::nullopt;
    return End{&homes_[i], &*found};
  }
  return std::nullopt;
}

std::string StandingLinks::node_of(const End& end) const {
  if (end.home->ns != &machine_) return end.home->node;
  const auto& [index, name, master, peer, nsid] = *end.interface;
  for (const auto& node : switches_)
    if (master == node) return node;
  for (const auto& node : switches_)
    if (name.starts_with(node + "-")) return node;
  return "";
}

}  // namespace wandrill
