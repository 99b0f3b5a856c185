// SPDX-License-Identifier: Apache-2.0
#include "link/choose_engine.hpp"

#include "base/error.hpp"
#include "link/netem_message.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill {
namespace {

constexpr int kLoopback = 1;

}  // namespace

bool kernel_has_netem() {
  const NetNs scratch = NetNs::create();
  Netlink netlink = Netlink::route(scratch);
  const int error =
      netlink.try_request(install_netem(kLoopback, NetemOptions{}, 0), "try a netem qdisc");
  return error == 0;
}

ChosenEngine choose_engine(EngineChoice choice) {
  if (choice == EngineChoice::kWire) return {Engine::kWire, "asked for"};
  const bool has_netem = kernel_has_netem();
  if (choice == EngineChoice::kNetem && !has_netem)
    throw MachineError{
        "use the netem engine: this kernel has no netem qdisc. Load it (modprobe sch_netem), add "
        "--vm to run with a kernel that has it, or choose --engine wire"};
  if (choice == EngineChoice::kNetem) return {Engine::kNetem, "asked for"};
  if (has_netem) return {Engine::kNetem, "this kernel has the netem qdisc"};
  return {Engine::kWire, "this kernel has no netem qdisc"};
}

}  // namespace wandrill
