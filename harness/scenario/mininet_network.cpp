// SPDX-License-Identifier: Apache-2.0
#include "scenario/mininet_network.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace wandrill {
namespace {

std::string tc_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::optional<double> number_of(const Json& tc, const char* key) {
  const auto found = tc.find(key);
  if (found == tc.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<std::string> tc_text(const Json& tc, const char* key) {
  const auto found = tc.find(key);
  if (found == tc.end() || found->is_null()) return std::nullopt;
  return tc_text(*found);
}

bool is_asked_for(const Json& value) {
  return !value.is_null() && value != false && value != 0;
}

MininetEnd end_from(const Json& built) {
  const auto& tc = built.at("tc");
  MininetEnd end{.node = built.at("node"),
                 .interface = built.at("interface"),
                 .port = built.value("port", 0),
                 .megabits = number_of(tc, "bw"),
                 .delay = tc_text(tc, "delay"),
                 .jitter = tc_text(tc, "jitter"),
                 .loss_percent = number_of(tc, "loss"),
                 .queue_packets = number_of(tc, "max_queue_size"),
                 .latency_ms = number_of(tc, "latency_ms")};
  for (const auto* key : {"enable_ecn", "enable_red", "speedup"})
    if (tc.contains(key) && is_asked_for(tc.at(key))) end.not_to_be_had.emplace_back(key);
  // What is no number there, Mininet hands to tc, or fails at.
  for (const auto* key : {"bw", "loss", "max_queue_size", "latency_ms"})
    if (tc.contains(key) && !tc.at(key).is_number())
      end.no_numbers.push_back(fmt::format("{}={}", key, tc.at(key).dump()));
  return end;
}

MininetInterface interface_from(const Json& built) {
  MininetInterface interface {
    .name = built.at("name"), .addresses = {}
  };
  for (const auto& text : built.at("addresses"))
    if (const auto prefix = IpPrefix::parse(text.get<std::string>()))
      interface.addresses.push_back(*prefix);
  return interface;
}

MininetNode node_from(const Json& built) {
  MininetNode node{.name = built.at("name"),
                   .python_class = built.at("class"),
                   .is_switch = built.at("is_switch"),
                   .forwards = built.at("forwards"),
                   .shares_network = built.value("shares_network", false)};
  for (const auto& interface : built.at("interfaces"))
    node.interfaces.push_back(interface_from(interface));
  return node;
}

}  // namespace

const MininetInterface* MininetNode::interface(std::string_view wanted) const {
  const auto found = std::ranges::find(interfaces, wanted, &MininetInterface::name);
  return found == interfaces.end() ? nullptr : &*found;
}

bool MininetEnd::is_impaired() const {
  return megabits || delay || jitter || loss_percent || queue_packets || !not_to_be_had.empty() ||
         !no_numbers.empty();
}

const MininetNode* MininetNetwork::node(std::string_view wanted) const {
  const auto found = std::ranges::find(nodes, wanted, &MininetNode::name);
  return found == nodes.end() ? nullptr : &*found;
}

MininetNetwork network_from(const Json& built) {
  try {
    MininetNetwork network{.topo = built.at("topo"), .roles = built.at("roles")};
    for (const auto& node : built.at("nodes"))
      network.nodes.push_back(node_from(node));
    for (const auto& link : built.at("links"))
      network.links.push_back({.python_class = link.at("class"),
                               .a = end_from(link.at("a")),
                               .b = end_from(link.at("b"))});
    return network;
  } catch (const Json::exception& error) {
    throw std::runtime_error{
        fmt::format("what was built with Mininet is told of in a way that "
                    "cannot be read: {}",
                    error.what())};
  }
}

}  // namespace wandrill
