// SPDX-License-Identifier: Apache-2.0
#include "lab/live_lab.hpp"

#include "net/receive_cpu.hpp"

namespace wandrill {
namespace {

/// Our own relay keeps the order by itself; the kernel does where this is allowed. Elsewhere frames
/// may overtake each other now and then, as on any machine with several CPUs.
void keep_order(Network& network, const WanPlan& wan, const Slot& slot, std::size_t number) {
  if (!slot.isp_port.empty()) {  // the link itself is not ours to tend
    receive_on_one_cpu({{slot.node.ns, Slot::kRouterSide},
                        {slot.node.ns, Slot::kIspSide},
                        {network.node(wan.isp.node).ns, slot.isp_port}},
                       number);
    return;
  }
  receive_on_one_cpu({{slot.node.ns, Slot::kRouterSide},
                      {slot.node.ns, Slot::kIspSide},
                      {network.node(wan.router.node).ns, wan.router.interface},
                      {network.node(wan.isp.node).ns, wan.isp.interface}},
                     number);
}

}  // namespace

LiveLab::LiveLab(const Plan& plan, const ChosenEngine& engine, const StandingNetwork* standing)
    : network_{plan.topology, standing} {
  if (engine.engine == Engine::kWire) relay_ = std::make_unique<Relay>();
  for (std::size_t i = 0; i < plan.topology.wans.size(); ++i) {
    const auto& wan = plan.topology.wans[i];
    auto& slot = network_.slots()[i];
    if (engine.engine == Engine::kNetem) keep_order(network_, wan, slot, i);
    const LinkSettings settings{.wan = wan.name,
                                .seed = plan.seed,
                                .router_side = Slot::kRouterSide,
                                .isp_side = Slot::kIspSide,
                                .up = wan.up,
                                .down = wan.down,
                                .filters = wan.filters,
                                .cpu = i};
    wans_.push_back({.plan = &wan,
                     .slot = &slot,
                     .link = std::make_unique<ImpairedLink>(slot.node.ns, settings, engine.engine,
                                                            relay_.get()),
                     .prover = std::make_unique<Prover>(
                         network_.node(wan.router.node).ns, wan.router.interface,
                         network_.node(wan.isp.node).ns,
                         slot.isp_port.empty() ? wan.isp.interface : slot.isp_port)});
  }
  if (plan.topology.mininet) add_lines(plan, engine.engine);
  network_.engage_splices();
}

LiveLab::~LiveLab() {
  network_.disengage_splices();
}

void LiveLab::add_lines(const Plan& plan, Engine engine) {
  const auto& lines = plan.topology.mininet->lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    const LinkSettings settings{.wan = line.name,
                                .seed = plan.seed,
                                .router_side = Slot::kRouterSide,
                                .isp_side = Slot::kIspSide,
                                .up = line.to_b,
                                .down = line.to_a,
                                .filters = {},
                                .cpu = wans_.size() + i};
    lines_.push_back(std::make_unique<ImpairedLink>(network_.line_slots()[i].node.ns, settings,
                                                    engine, relay_.get()));
  }
}

}  // namespace wandrill
