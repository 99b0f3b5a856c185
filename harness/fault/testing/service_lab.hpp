// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "fault/lab_fault.hpp"
#include "fault/testing/live_stage.hpp"
#include "lab/testing/home_office.hpp"
#include "net/route.hpp"
#include "service/services.hpp"

namespace wandrill::testing {

/// The home office on the wire engine with its services up, and a router that does nothing but
/// route by wan_a.
class ServiceLab {
 public:
  explicit ServiceLab(Plan plan)
      : plan_{std::move(plan)},
        lab_{plan_, {.engine = Engine::kWire, .reason = "test"}},
        services_{lab_.network(), plan_.topology,
                  [this](const std::string&, const std::string& line) { output_ += line + "\n"; }},
        router_{lab_.network().node("router"), plan_.router,
                [](const std::string&, const std::string&) {}} {
    services_.start();
    boost::asio::io_context io;
    std::exception_ptr failed;
    boost::asio::co_spawn(io, services_.wait_until_ready([](const std::string&) {}),
                          [&](const std::exception_ptr& error) { failed = error; });
    io.run();
    if (failed) std::rethrow_exception(failed);
  }

  /// Its IPv6 default route, and the IPv4 one if it has an address, point to wan_a.
  void route_by_wan_a() {
    auto& router = lab_.network().node("router");
    for (const auto& gateway : plan_.topology.wan("wan_a")->gateways)
      replace_route(router.netlink,
                    {.destination = default_destination(gateway.family()), .gateway = gateway});
  }

  std::unique_ptr<LabFault> fault(const FaultAction& action) {
    return make_lab_fault(action, {plan_, lab_, router_});
  }
  [[nodiscard]] LiveNode& node(const std::string& name) { return lab_.network().node(name); }
  [[nodiscard]] LiveLab& lab() { return lab_; }
  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] const std::string& output() const { return output_; }

 private:
  Plan plan_;
  LiveLab lab_;
  std::string output_;
  Services services_;
  Router router_;
};

}  // namespace wandrill::testing
