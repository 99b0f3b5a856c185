// SPDX-License-Identifier: Apache-2.0
#include "link/netem/netem_stage.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "link/netem/match_program.hpp"
#include "link/netem/netem_message.hpp"
#include "link/netem/stage_message.hpp"
#include "net/link.hpp"
#include "net/receive_cpu.hpp"

namespace wandrill {
namespace {

/// The most that a veth takes: the slot's ports decide what passes.
constexpr std::uint32_t kMtu = 65535;

bool same(const std::vector<sock_filter>& a, const std::vector<sock_filter>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof a[0]) == 0;
}

/// A kernel may lack a module, or refuse a netem that duplicates below another qdisc.
void request(Netlink& netlink, NetlinkMessage message, const std::string& attempt,
             const char* module) {
  if (const int error = netlink.try_request(std::move(message), attempt); error != 0)
    throw MachineError{fmt::format(
        "{}: {}. Load the module (modprobe {}), add --vm to run with a kernel that has it, or "
        "choose --engine wire",
        attempt, std::strerror(error), module)};
}

}  // namespace

NetemStage::NetemStage(Netlink& netlink, const NetNs& slot, const LinkSettings& settings,
                       std::size_t number)
    : what_{fmt::format("the filter {} on wan {}", to_string(settings.filters[number]),
                        settings.wan)},
      program_{match_program(settings.filters[number])},
      ends_{End{.name = fmt::format("stage{}.isp", number)},
            End{.name = fmt::format("stage{}.router", number)}} {
  create_veth(netlink, {.ns = slot, .name = ends_[0].name, .mtu = kMtu}, netlink,
              {.ns = slot, .name = ends_[1].name, .mtu = kMtu});
  for (auto& end : ends_) {
    disable_offloads(netlink, end.name);
    end.index = interface_index(netlink, end.name);
    install(netlink, end);
  }
  // Elsewhere frames may overtake each other now and then.
  receive_on_one_cpu({{slot, ends_[0].name}, {slot, ends_[1].name}}, settings.cpu);
}

void NetemStage::install(Netlink& netlink, const End& end) {
  request(netlink, install_prio(end.index), "install a prio qdisc for " + what_, "sch_prio");
  request(netlink, install_netem(stage_netem(end.index), to_netem({}), 0),
          "install a netem qdisc for " + what_, "sch_netem");
  request(netlink, install_filter(end.index, program_), "install " + what_, "cls_bpf");
  check_filter(netlink, end);
}

void NetemStage::check_filter(Netlink& netlink, const End& end) {
  std::optional<std::vector<sock_filter>> found;
  netlink.dump(list_filters(end.index), "list filters of " + what_, [&](const NetlinkView& answer) {
    if (auto program = read_filter(answer, end.index)) found = std::move(program);
  });
  if (!found) throw MachineError{what_ + " has gone"};
  if (!same(*found, program_)) throw MachineError{what_ + " is not the one that was installed"};
}

void NetemStage::change(Netlink& netlink, Direction direction, const Impairment& impairment,
                        std::uint64_t seed) {
  auto& end = out(direction);
  const auto attempt = "change netem for " + what_;
  auto message = change_netem(stage_netem(end.index), to_netem(impairment), seed);
  if (const int error = netlink.try_request(std::move(message), attempt); error != 0)
    throw MachineError{
        fmt::format("{}: {}. This kernel does not take it below a prio qdisc: choose --engine wire",
                    attempt, std::strerror(error))};
  end.asked = impairment;
}

Impairment NetemStage::read_back(Netlink& netlink, Direction direction) {
  const auto& end = out(direction);
  check_filter(netlink, end);
  std::optional<NetemOptions> found;
  netlink.dump(list_qdiscs(end.index), "list qdiscs of " + what_, [&](const NetlinkView& answer) {
    if (const auto options = read_netem(answer, end.index)) found = options;
  });
  if (!found) throw MachineError{"the netem qdisc for " + what_ + " has gone"};
  return from_netem(*found, end.asked);
}

LinkCounters NetemStage::counters(Netlink& netlink, Direction direction) {
  LinkCounters result;
  const int index = out(direction).index;
  netlink.dump(list_qdiscs(index), "count frames of " + what_, [&](const NetlinkView& answer) {
    if (const auto counted = read_qdisc_counters(answer, index)) result = *counted;
  });
  return result;
}

}  // namespace wandrill
