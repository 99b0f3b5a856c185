// SPDX-License-Identifier: Apache-2.0
#include "link/impaired_link.hpp"

#include <cassert>

#include "net/link.hpp"

namespace wandrill {
namespace {

std::unique_ptr<LinkEngine> make_engine(const NetNs& slot, const LinkSettings& settings,
                                        Engine engine, Relay* relay) {
  if (engine == Engine::kNetem) return make_netem_engine(slot, settings);
  assert(relay != nullptr);
  return make_wire_engine(*relay, slot, settings);
}

}  // namespace

std::string_view to_string(Engine engine) {
  return engine == Engine::kNetem ? "netem" : "wire";
}

std::string_view to_string(Side side) {
  return side == Side::kRouter ? "router" : "isp";
}

ImpairedLink::ImpairedLink(const NetNs& slot, const LinkSettings& settings, Engine engine,
                           Relay* relay)
    : netlink_{Netlink::route(slot)},
      ports_{Port{.index = interface_index(netlink_, settings.router_side)},
             Port{.index = interface_index(netlink_, settings.isp_side)}},
      engine_{make_engine(slot, settings, engine, relay)} {}

void ImpairedLink::change(Direction direction, const Impairment& impairment) {
  engine_->change(direction, impairment);
}

Impairment ImpairedLink::read_back(Direction direction) {
  return engine_->read_back(direction);
}

void ImpairedLink::change_stage(std::size_t stage, Direction direction,
                                const Impairment& impairment) {
  engine_->change_stage(stage, direction, impairment);
}

Impairment ImpairedLink::read_back_stage(std::size_t stage, Direction direction) {
  return engine_->read_back_stage(stage, direction);
}

void ImpairedLink::set_port(Side side, bool up) {
  auto& port = ports_[side == Side::kRouter ? 0 : 1];
  if (port.up == up) return;
  set_link_up(netlink_, port.index, up);
  port.up = up;
  if (!up) engine_->flush_toward(side);
}

LinkCounters ImpairedLink::counters(Direction direction) {
  return engine_->counters(direction);
}

}  // namespace wandrill
