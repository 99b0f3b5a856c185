// SPDX-License-Identifier: Apache-2.0
#include "link/choose_engine.hpp"

#include "base/error.hpp"
#include "link/netem/match_program.hpp"
#include "link/netem/netem_message.hpp"
#include "link/netem/stage_message.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill {
namespace {

constexpr int kLoopback = 1;

struct NetemTrial {
  bool works = false;
  bool takes_seed = false;
};

NetemTrial try_netem() {
  const NetNs scratch = NetNs::create();
  Netlink netlink = Netlink::route(scratch);
  NetemTrial trial;
  trial.works =
      netlink.try_request(install_netem(kLoopback, NetemOptions{}, 1), "try a netem qdisc") == 0;
  if (!trial.works) return trial;
  netlink.dump(list_qdiscs(kLoopback), "list qdiscs", [&](const NetlinkView& answer) {
    trial.takes_seed = trial.takes_seed || read_seed_taken(answer, kLoopback);
  });
  return trial;
}

/// Why, and what the run should know about it.
ChosenEngine netem_because(std::string why, const NetemTrial& trial) {
  if (!trial.takes_seed)
    why += "; it takes no seed before Linux 6.6: its random losses are not repeatable";
  return {Engine::kNetem, why};
}

}  // namespace

bool kernel_has_netem() {
  return try_netem().works;
}

bool kernel_has_stages() {
  const NetNs scratch = NetNs::create();
  Netlink netlink = Netlink::route(scratch);
  return netlink.try_request(install_prio(kLoopback), "try a prio qdisc") == 0 &&
         netlink.try_request(install_filter(kLoopback, match_program({.protocol = "udp"})),
                             "try a bpf classifier") == 0;
}

ChosenEngine choose_engine(EngineChoice choice, bool filters) {
  if (choice == EngineChoice::kWire) return {Engine::kWire, "asked for"};
  const auto netem = try_netem();
  if (choice == EngineChoice::kNetem && !netem.works)
    throw MachineError{
        "use the netem engine: this kernel has no netem qdisc. Load it (modprobe sch_netem), add "
        "--vm to run with a kernel that has it, or choose --engine wire"};
  if (netem.works && filters && !kernel_has_stages()) {
    const std::string lack = "this kernel has no prio qdisc or no bpf classifier";
    if (choice == EngineChoice::kNetem)
      throw MachineError{
          "use filters with the netem engine: " + lack +
          ". Load them (modprobe -a sch_prio cls_bpf), add --vm to run with a kernel that has "
          "them, or choose --engine wire"};
    return {Engine::kWire, "netem cannot filter here: " + lack};
  }
  if (choice == EngineChoice::kNetem) return netem_because("asked for", netem);
  if (netem.works) return netem_because("this kernel has the netem qdisc", netem);
  return {Engine::kWire, "this kernel has no netem qdisc"};
}

}  // namespace wandrill
