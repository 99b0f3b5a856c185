// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>

#include "base/error.hpp"
#include "base/random.hpp"
#include "link/engine.hpp"
#include "link/netem/netem_message.hpp"
#include "link/netem/netem_stage.hpp"
#include "link/netem/slot_bridge.hpp"
#include "net/link.hpp"
#include "net/netlink.hpp"

namespace wandrill {
namespace {

/// The slot's frames pass through the kernel: a bridge of the two ports, and on each port's way out
/// a netem qdisc.
class NetemEngine : public LinkEngine {
 public:
  NetemEngine(const NetNs& slot, const LinkSettings& settings)
      : netlink_{Netlink::route(slot)},
        seed_{settings.seed},
        wan_{settings.wan},
        // What goes up leaves through the port toward the ISP.
        lanes_{Lane{interface_index(netlink_, settings.isp_side)},
               Lane{interface_index(netlink_, settings.router_side)}} {
    for (const auto direction : {Direction::kUp, Direction::kDown}) {
      auto& to = lane(direction);
      to.asked = direction == Direction::kUp ? settings.up : settings.down;
      netlink_.request(install_netem(to.out, to_netem(to.asked), next_seed(direction)),
                       "install netem on wan " + wan_);
    }
    lay_stages(slot, settings);
  }

  void change(Direction direction, const Impairment& impairment) override {
    auto& to = lane(direction);
    netlink_.request(change_netem(to.out, to_netem(impairment), next_seed(direction)),
                     "change netem on wan " + wan_);
    to.asked = impairment;
  }

  Impairment read_back(Direction direction) override {
    const auto& to = lane(direction);
    std::optional<NetemOptions> found;
    netlink_.dump(list_qdiscs(to.out), "list qdiscs of wan " + wan_,
                  [&](const NetlinkView& answer) {
                    if (const auto options = read_netem(answer, to.out)) found = options;
                  });
    if (!found) throw MachineError{"wan " + wan_ + ": the netem qdisc has gone"};
    return from_netem(*found, to.asked);
  }

  void change_stage(std::size_t stage, Direction direction, const Impairment& impairment) override {
    stages_.at(stage).change(netlink_, direction, impairment, next_seed(direction));
  }

  Impairment read_back_stage(std::size_t stage, Direction direction) override {
    return stages_.at(stage).read_back(netlink_, direction);
  }

  LinkCounters counters(Direction direction) override {
    LinkCounters result;
    const int out = lane(direction).out;
    netlink_.dump(list_qdiscs(out), "count frames of wan " + wan_, [&](const NetlinkView& answer) {
      if (const auto counted = read_qdisc_counters(answer, out)) result = *counted;
    });
    // What a stage drops never comes to the line.
    for (auto& stage : stages_) {
      const auto lost = stage.counters(netlink_, direction).lost;
      result.frames += lost;
      result.lost += lost;
    }
    return result;
  }

  /// The kernel forgets what waits on an interface that goes down.
  void flush_toward(Side) override {}
  Engine engine() const noexcept override { return Engine::kNetem; }

 private:
  /// The slot's ports with the stages' cables between them, joined end to end by bridges.
  void lay_stages(const NetNs& slot, const LinkSettings& settings) {
    auto near = settings.router_side;
    for (std::size_t i = 0; i < settings.filters.size(); ++i) {
      const auto& stage = stages_.emplace_back(netlink_, slot, settings, i);
      bridge_ports(netlink_, near, stage.router_side(), "slot" + std::to_string(i));
      near = stage.isp_side();
    }
    bridge_ports(netlink_, near, settings.isp_side);
  }

  struct Lane {
    int out = 0;
    Impairment asked{};
    std::uint64_t changes = 0;
  };
  Lane& lane(Direction direction) noexcept { return lanes_[direction == Direction::kUp ? 0 : 1]; }
  std::uint64_t next_seed(Direction direction) {
    return derive_seed(
        seed_, {wan_, to_string(direction), "netem", std::to_string(lane(direction).changes++)});
  }

  Netlink netlink_;
  std::uint64_t seed_;
  std::string wan_;
  std::array<Lane, 2> lanes_;
  std::vector<NetemStage> stages_;
};

}  // namespace

std::unique_ptr<LinkEngine> make_netem_engine(const NetNs& slot, const LinkSettings& settings) {
  return std::make_unique<NetemEngine>(slot, settings);
}

}  // namespace wandrill
