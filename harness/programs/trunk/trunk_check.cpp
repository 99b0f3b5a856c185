// SPDX-License-Identifier: Apache-2.0
#include "programs/trunk/trunk_check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "lab/testing/reach.hpp"
#include "programs/trunk/frame_sniffer.hpp"

namespace wandrill::testing {
namespace {

const std::string kTrunkPort{kTrunk};
constexpr const char* kHostPort = "eth0";
constexpr std::size_t kMtu = 1500;

std::size_t full_payload(Family family) {
  return kMtu - (family == Family::kIpv4 ? 28 : 48);
}

class TrunkCheck {
 public:
  TrunkCheck(const TopologyPlan& topology, const Sabotage& sabotage,
             std::chrono::milliseconds patience)
      : topology_{topology}, patience_{patience}, network_{topology} {
    if (sabotage) sabotage(network_);
    for (const auto& node : topology.nodes) {
      if (node.kind == NodeKind::kRouter) listen(node.name, kTrunkPort);
      if (!node.segment.empty()) listen(node.name, kHostPort);
    }
  }

  std::vector<std::string> run() {
    talk();
    forge();
    hear();
    judge_trunk();
    judge_hosts();
    judge_forged();
    return {complaints_.begin(), complaints_.end()};
  }

 private:
  void listen(const std::string& node, const std::string& port) {
    sniffers_.emplace(node, FrameSniffer{network_.node(node).ns, port});
  }

  void hear() {
    for (auto& [node, ear] : sniffers_)
      for (auto& frame : ear.take())
        heard_[node].push_back(std::move(frame));
  }

  /// Full-size packets between each host and the router, which must come in one piece.
  void talk() {
    const auto& router = network_.node(topology_.router().name).ns;
    for (const auto& server : topology_.servers) {
      const auto& host = *topology_.node(server.node);
      if (host.segment.empty()) continue;
      const auto& ns = network_.node(host.name).ns;
      for (const auto& gateway : topology_.segment(host.segment)->gateways) {
        const auto family = gateway.address.family();
        const auto own = std::ranges::find(server.addresses, family, &IpAddress::family);
        const auto here = to_string(*own);
        const auto there = to_string(gateway.address);
        if (!reaches({ns, router, here, there, full_payload(family)}, patience_))
          complain("1500 bytes from {} do not reach the router at {}", host.name, there);
        if (!reaches({router, ns, there, here, full_payload(family)}, patience_))
          complain("1500 bytes from the router at {} do not reach {}", there, host.name);
      }
    }
  }

  /// First what must reach nobody, then what must: once that is there, the rest would be, too.
  void forge() {
    const auto& router = network_.node(topology_.router().name).ns;
    const auto& visitor = network_.node("visitor").ns;
    forge_frame(visitor, kHostPort, 10, 'a');
    forge_frame(router, kTrunkPort, std::nullopt, 'b');
    forge_frame(router, kTrunkPort, 50, 'c');
    forge_frame(router, kTrunkPort, 10, 'd');
    forge_frame(visitor, kHostPort, std::nullopt, 'e');
    const auto deadline = Clock::now() + patience_;
    do {
      hear();
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    } while (Clock::now() < deadline && !(heard_forged().contains({"laptop", 'd'}) &&
                                          heard_forged().contains({"router", 'e'})));
  }

  std::set<std::pair<std::string, char>> heard_forged() {
    std::set<std::pair<std::string, char>> result;
    for (const auto& [node, frames] : heard_)
      for (const auto& frame : frames)
        if (!frame.outgoing && frame.ethertype() == kForged)
          result.emplace(node, static_cast<char>(frame.bytes.at(14)));
    return result;
  }

  void judge_forged() {
    const std::set<std::pair<std::string, char>> wanted{{"laptop", 'd'}, {"router", 'e'}};
    const auto got = heard_forged();
    for (const auto& [node, mark] : got)
      if (!wanted.contains({node, mark})) complain("forged frame '{}' reaches {}", mark, node);
    for (const auto& [node, mark] : wanted)
      if (!got.contains({node, mark})) complain("frame '{}' does not reach {}", mark, node);
  }

  /// The segment that an address is in; null for none.
  const SegmentPlan* segment_of(const IpAddress& address) {
    for (const auto& segment : topology_.segments)
      for (const auto& gateway : segment.gateways)
        if (gateway.contains(address)) return &segment;
    return nullptr;
  }

  /// Every frame has a tag, that of the segment whose addresses it carries; and there were such
  /// frames of every segment, in both families and directions.
  void judge_trunk() {
    std::set<std::string> tagged;
    for (const auto& frame : heard_[topology_.router().name]) {
      if (frame.ethertype() == kForged) continue;
      if (!frame.vlan)
        complain("a frame of type {:#06x} on the trunk has no tag", frame.ethertype());
      for (const auto& address : frame.addresses())
        if (const auto* segment = segment_of(address); segment != nullptr && frame.vlan) {
          if (segment->vlan != *frame.vlan)
            complain("{} of segment {} is in VLAN {}", to_string(address), segment->name,
                     *frame.vlan);
          else
            tagged.insert(fmt::format("{} {} {}", segment->name, to_string(address.family()),
                                      frame.outgoing ? "out" : "in"));
        }
    }
    const std::size_t wanted = topology_.segments.size() * 4;
    if (tagged.size() != wanted)
      complain("{} of {} kinds of traffic have the right tag on the trunk", tagged.size(), wanted);
  }

  /// A host gets frames of its own segment only, and none with a tag.
  void judge_hosts() {
    for (const auto& node : topology_.nodes) {
      if (node.segment.empty()) continue;
      for (const auto& frame : heard_[node.name]) {
        if (frame.outgoing) continue;
        if (frame.vlan) complain("{} gets a frame tagged {}", node.name, *frame.vlan);
        for (const auto& address : frame.addresses())
          if (const auto* segment = segment_of(address);
              segment != nullptr && segment->name != node.segment)
            complain("{} hears {} of segment {}", node.name, to_string(address), segment->name);
      }
    }
  }

  template <typename... Args>
  void complain(fmt::format_string<Args...> text, Args&&... args) {
    complaints_.insert(fmt::format(text, std::forward<Args>(args)...));
  }

  const TopologyPlan& topology_;
  std::chrono::milliseconds patience_;
  Network network_;
  std::map<std::string, FrameSniffer> sniffers_;
  std::map<std::string, std::vector<HeardFrame>> heard_;
  std::set<std::string> complaints_;
};

}  // namespace

std::vector<std::string> check_trunk(const TopologyPlan& topology, const Sabotage& sabotage,
                                     std::chrono::milliseconds patience) {
  return TrunkCheck{topology, sabotage, patience}.run();
}

}  // namespace wandrill::testing
