// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"
#include "service/launch.hpp"

namespace wandrill {

/// What a DHCP server does with its addresses.
struct DhcpOffer {
  std::optional<IpAddress> given;  ///< To whoever asks; nothing: to nobody.
  std::vector<IpAddress> refused;  ///< Who asks for one of these gets a NAK.
};

/// Kea on the ISP's port of a WAN. It gives the router's end the address that the topology has
/// there.
ServiceLaunch dhcp_launch(const ServicePlan& service, const TopologyPlan& topology);

/// The address that the router gets while nothing is broken.
IpAddress leased_address(const ServicePlan& service, const TopologyPlan& topology);

/// A command on Kea's control socket, on its way: the server takes some 20 ms for one, and the lab
/// must not stand still for that.
class KeaCommand {
 public:
  /// Puts an offer in force; all leases are forgotten.
  static KeaCommand set_offer(const ServicePlan& service, const TopologyPlan& topology,
                              const DhcpOffer& offer);
  /// The server keeps its leases and ignores all that it hears, or listens again.
  static KeaCommand set_listening(const ServicePlan& service, bool listens);

  /// The server has carried it out. Never blocks. Throws MachineError when it refused.
  bool is_done();

 private:
  KeaCommand(const ServicePlan& service, const std::string& text);

  std::string service_;
  UniqueFd socket_;
  std::string answer_;
  bool done_ = false;
};

}  // namespace wandrill
