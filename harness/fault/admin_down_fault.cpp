// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "fault/lab_fault.hpp"
#include "net/address.hpp"
#include "net/link.hpp"

namespace wandrill {
namespace {

/// Somebody sets the router's own port down, and up again: what ifdown(8) and ifup(8) do. The
/// kernel takes the port's routes and its IPv6 addresses with it; up again, it has the addresses
/// that it had. Its routes are for the router's software to put back.
class AdminDownFault final : public LabFault {
 public:
  AdminDownFault(const FaultAction& fault, const LabFaultStage& stage)
      : port_{stage.plan.topology.wan(fault.wan)->router},
        node_{stage.lab.network().node(port_.node)} {}

  void apply() override {
    had_ = addresses();
    set_link_down(node_.netlink, port_.interface);
    is_down_ = true;
  }

  void undo() override {
    set_link_up(node_.netlink, port_.interface);
    const int index = interface_index(node_.netlink, port_.interface);
    for (const auto& address : missing())
      add_address(node_.netlink, index, address);
    is_down_ = false;
  }

  [[nodiscard]] std::string evidence() override {
    if (is_up(node_.netlink, port_.interface) == is_down_) return "";
    if (is_down_) return fmt::format("{} of {} is down", port_.interface, port_.node);
    if (!missing().empty() || !has_carrier(node_.netlink, port_.interface)) return "";
    return fmt::format("{} of {} is up, with its addresses", port_.interface, port_.node);
  }

 private:
  [[nodiscard]] std::vector<IpPrefix> addresses() const {
    for (const auto& interface : addresses_in(node_.netlink))
      if (interface.name == port_.interface) return interface.addresses;
    return {};
  }

  [[nodiscard]] std::vector<IpPrefix> missing() const {
    auto wanted = had_;
    const auto there = addresses();
    std::erase_if(
        wanted, [&](const IpPrefix& one) { return std::ranges::find(there, one) != there.end(); });
    return wanted;
  }

  const PortPlan& port_;
  LiveNode& node_;
  std::vector<IpPrefix> had_;
  bool is_down_ = false;
};

}  // namespace

std::unique_ptr<LabFault> make_admin_down_fault(const FaultAction& fault,
                                                const LabFaultStage& stage) {
  return std::make_unique<AdminDownFault>(fault, stage);
}

}  // namespace wandrill
