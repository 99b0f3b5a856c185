// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "net/netlink_message.hpp"

namespace wandrill {

/// Interfaces by index.
using InterfaceNames = std::map<std::uint32_t, std::string>;

/// What an rtnetlink message is about, in the words of ip(8); an interface that is not in `names`
/// is "if7". Pure.
std::string link_text(const NetlinkView& view);
std::string interface_address_text(const NetlinkView& view, const InterfaceNames& names);
std::string route_text(const NetlinkView& view, const InterfaceNames& names);
std::string rule_text(const NetlinkView& view);
std::string next_hop_text(const NetlinkView& view, const InterfaceNames& names);
std::string neighbour_text(const NetlinkView& view, const InterfaceNames& names);

}  // namespace wandrill
