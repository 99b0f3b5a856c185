// SPDX-License-Identifier: Apache-2.0
#include "lab/splice.hpp"

#include <system_error>
#include <thread>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "lab/network.hpp"
#include "lab/splice_programs.hpp"
#include "net/link.hpp"
#include "net/sysctl.hpp"

namespace wandrill {
namespace {

constexpr std::uint32_t kLargestMtu = 1500;
/// A drill that was killed leaves its ports to the kernel, which takes a moment.
constexpr Nanos kUntilRemoved = std::chrono::seconds{3};
constexpr auto kTryEvery = std::chrono::milliseconds{20};

/// "wandrill-r12": of the interface with index 12.
std::string port_name(const std::string& side, int index) {
  return fmt::format("wandrill-{}{}", side.front(), index);
}

void create_once_free(Netlink& in_slot, const VethEnd& inside, Netlink& at_outside,
                      const VethEnd& outside) {
  Patience patience{kUntilRemoved, look_now()};
  for (;;) {
    try {
      return create_veth(in_slot, inside, at_outside, outside);
    } catch (const std::system_error& error) {
      if (error.code() != std::errc::file_exists) throw;
      if (patience.is_over(look_now()))
        throw MachineError{
            fmt::format("there is an interface {} already: another drill is attached to this "
                        "link; wait for its end",
                        outside.name)};
    }
    std::this_thread::sleep_for(kTryEvery);
  }
}

}  // namespace

Splice::Splice(const NetNs& slot, Netlink& in_slot, const NetNs& at, const std::string& interface)
    : netlink_{Netlink::route(at)}, at_{&at}, end_{interface_index(netlink_, interface)} {
  if (const auto mtu = mtu_of(netlink_, interface); mtu > kLargestMtu)
    throw MachineError{fmt::format("{} has an MTU of {}; links with a slot have at most {}",
                                   interface, mtu, kLargestMtu)};
  try {
    make_port(slot, in_slot, at, Slot::kRouterSide, port_name(Slot::kRouterSide, end_));
    make_port(slot, in_slot, at, Slot::kIspSide, port_name(Slot::kIspSide, end_));
    router_port_ = interface_index(netlink_, ports_.front());
    isp_port_ = interface_index(netlink_, ports_.back());
    handing_back_.emplace_back(at, isp_port_, TcxPoint::kIngress,
                               hand_back_program(end_, Handover::kArrives));
    handing_back_.emplace_back(at, router_port_, TcxPoint::kIngress,
                               hand_back_program(end_, Handover::kLeaves));
  } catch (...) {
    remove();
    throw;
  }
}

void Splice::engage() {
  diverting_.emplace_back(*at_, end_, TcxPoint::kIngress, divert_program(router_port_));
  diverting_.emplace_back(*at_, end_, TcxPoint::kEgress, divert_program(isp_port_));
}

void Splice::disengage() noexcept {
  diverting_.clear();
}

void Splice::make_port(const NetNs& slot, Netlink& in_slot, const NetNs& at,
                       const std::string& side, const std::string& name) {
  const bool is_router_side = side == Slot::kRouterSide;
  create_once_free(in_slot,
                   {.ns = slot,
                    .name = side,
                    .index = is_router_side ? Slot::kRouterSideIndex : Slot::kIspSideIndex},
                   netlink_, {.ns = at, .name = name, .up = false});
  ports_.push_back(name);
  disable_offloads(in_slot, side);
  disable_offloads(netlink_, name);
  // It must say nothing of its own, from its first instant on: no router solicitation, no report.
  write_sysctl(at, fmt::format("net.ipv6.conf.{}.disable_ipv6", name), "1");
  set_link_up(netlink_, name);
}

void Splice::remove() noexcept {
  disengage();
  handing_back_.clear();
  for (const auto& port : ports_) {
    try {
      delete_link(netlink_, port);
    } catch (const std::exception&) {
      // It goes with the slot's namespace.
    }
  }
  ports_.clear();
}

Splice::~Splice() {
  remove();
}

}  // namespace wandrill
