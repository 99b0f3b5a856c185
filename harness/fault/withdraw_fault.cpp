// SPDX-License-Identifier: Apache-2.0
#include "fault/withdraw_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "net/route.hpp"

namespace wandrill {
namespace {

Route route_of(const StaticRoute& route) {
  return {.destination = route.destination, .gateway = route.via};
}

}  // namespace

WithdrawFault::WithdrawFault(const FaultAction& fault, const LabFaultStage& stage)
    : isp_{*stage.plan.topology.node(stage.plan.topology.wan(fault.wan)->isp.node)},
      node_{stage.lab.network().node(isp_.name)} {}

void WithdrawFault::apply() {
  for (const auto& route : isp_.routes)
    delete_route(node_.netlink, route_of(route));
  withdrawn_ = true;
}

void WithdrawFault::undo() {
  for (const auto& route : isp_.routes)
    add_route(node_.netlink, route_of(route));
  withdrawn_ = false;
}

std::string WithdrawFault::evidence() {
  for (const auto& wanted : isp_.routes) {
    const auto routes = dump_routes(node_.netlink, wanted.destination.address.family());
    const bool is_there = std::ranges::any_of(routes, [&](const Route& route) {
      return route.destination == wanted.destination && route.gateway == wanted.via;
    });
    if (is_there == withdrawn_) return "";
  }
  return fmt::format("{} has {} way beyond its own network", isp_.name, withdrawn_ ? "no" : "its");
}

}  // namespace wandrill
