// SPDX-License-Identifier: Apache-2.0
#include "plan/plan_text.hpp"

#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/timeline/action_text.hpp"
#include "plan/topology/capacity_text.hpp"
#include "plan/words.hpp"

namespace wandrill {
namespace {

std::string line_text(const Impairment& line) {
  auto text = line.rate.value == 0 ? std::string{"unlimited"} : to_string(line.rate);
  if (line.delay > Nanos{0}) text += ", " + to_string(line.delay);
  if (line.jitter > Nanos{0}) text += " ± " + to_string(line.jitter);
  if (line.loss > Percent{0}) text += ", loss " + to_string(line.loss);
  return text;
}

void write_head(std::string& out, const Plan& plan) {
  out += plan.scenario + "\n";
  if (!plan.description.empty()) out += plan.description + "\n";
  out += fmt::format(
      "\n  file      {}\n  topology  {}\n  router    {}\n  engine    {}\n  seed      {}\n",
      plan.file, plan.topology.name, plan.router.name, to_string(plan.engine), plan.seed);
  if (plan.trials > 1) out += fmt::format("  trial     {} of {}\n", plan.trial, plan.trials);
}

void write_mininet(std::string& out, const TopologyPlan& topology) {
  if (!topology.mininet) return;
  const auto& [file, topo, switches, lines, attached, script] = *topology.mininet;
  if (attached) {
    out += fmt::format("\nStanding already, started with Mininet\n  router {}\n",
                       topology.router().name);
    return;
  }
  out += fmt::format("\nBuilt by Mininet\n  {}{}{}, router {}\n", file, topo.empty() ? "" : ": ",
                     topo, topology.router().name);
  for (const auto& line : lines)
    out += fmt::format("  {} – {}   there {}; back {}\n", line.a.node, line.b.node,
                       line_text(line.to_b), line_text(line.to_a));
}

void write_wans(std::string& out, const TopologyPlan& topology) {
  out += "\nWANs\n";
  for (const auto& wan : topology.wans)
    out += fmt::format(
        "  {}  {:<15} {} – {}   up {}; down {}{}\n", wan.priority, wan.name, wan.router.node,
        wan.isp.node, line_text(wan.up), line_text(wan.down),
        wan.not_for.empty() ? "" : fmt::format("; not for {}", fmt::join(wan.not_for, ", ")));
}

std::vector<std::string> hosts_in(const TopologyPlan& topology, const std::string& segment) {
  std::vector<std::string> hosts;
  for (const auto& node : topology.nodes)
    if (node.segment == segment) hosts.push_back(node.name);
  return hosts;
}

void write_segments(std::string& out, const TopologyPlan& topology) {
  if (topology.segments.empty()) return;
  out += topology.has_vlans()
             ? "\nSegments (VLANs are tagged on one trunk, which needs 802.1Q: modprobe 8021q, or "
               "--vm)\n"
             : "\nSegments\n";
  for (const auto& segment : topology.segments) {
    std::vector<std::string> gateways;
    for (const auto& gateway : segment.gateways)
      gateways.push_back(to_string(gateway));
    const auto tag = segment.vlan == 0 ? "untagged" : fmt::format("VLAN {}", segment.vlan);
    out += fmt::format("  {:<12} {:<9}  {}: {} {}; {}\n", segment.name, tag, topology.router().name,
                       segment.interface, fmt::join(gateways, ", "),
                       fmt::join(hosts_in(topology, segment.name), ", "));
  }
}

std::string what_it_does(const ServicePlan& service) {
  switch (service.kind) {
    case ServiceKind::kDns:
      return "names end in ." + service.zone;
    case ServiceKind::kDhcp:
      return "leases of " + to_string(service.lease);
    case ServiceKind::kMonitor:
      break;
  }
  return "syslog on port 514, SNMP traps on 162, webhooks on 8080";
}

void write_services(std::string& out, const TopologyPlan& topology) {
  if (topology.services.empty()) return;
  out += "\nServices\n";
  for (const auto& service : topology.services)
    out += fmt::format("  {:<12} {} on {}, {}\n", service.name, to_string(service.kind), service.on,
                       what_it_does(service));
}

void write_traffic(std::string& out, const TrafficPlan& traffic) {
  out += "\nTraffic\n";
  constexpr std::size_t kMostShown = 20;
  for (std::size_t i = 0; i < traffic.sessions.size() && i < kMostShown; ++i) {
    const auto& session = traffic.sessions[i];
    out +=
        fmt::format("  {:<12} {:<6} {} → {}, {}, every {}, {} bytes, late after {}\n", session.name,
                    to_string(session.kind), session.client.node, to_string(session.server.address),
                    to_string(session.server.address.family()), to_string(session.interval),
                    session.payload_bytes, to_string(session.late_after));
    if (session.traits().text != nullptr)
      out += fmt::format("  {:<12} {}\n", "", session.traits().text(session));
  }
  if (traffic.sessions.size() > kMostShown)
    out += fmt::format("  … and {} more\n", traffic.sessions.size() - kMostShown);
}

/// Keeps the time while it is known: from a condition on, times count from when it came true.
class TimelineTimes {
 public:
  std::string advance(const StepPlan& step) {
    if (const auto* at = std::get_if<AtTime>(&step.when)) {
      since_ = at->at;
    } else if (const auto* wait = std::get_if<AfterPrevious>(&step.when)) {
      since_ += wait->wait;
    } else if (const auto* after = std::get_if<AfterEvent>(&step.when)) {
      since_ = Nanos{0};
      ++conditions_;
      return fmt::format("after {}, which must come within {}", event_text(*after),
                         to_string(after->deadline));
    } else {
      const auto& until = std::get<UntilCondition>(step.when);
      since_ = Nanos{0};
      ++conditions_;
      return fmt::format("as soon as {}, at most {} later", condition_text(until.condition),
                         to_string(until.deadline));
    }
    return time_text();
  }

 private:
  [[nodiscard]] std::string time_text() const {
    const double seconds = std::chrono::duration<double>(since_).count();
    return conditions_ == 0 ? fmt::format("{:.3f}s", seconds) : fmt::format("+{:.3f}s", seconds);
  }

  Nanos since_{0};
  int conditions_ = 0;
};

void write_timeline(std::string& out, const Plan& plan) {
  const auto& timeline = plan.timeline;
  out += "\nTimeline (phase jitter included; +: after the last condition came true)\n";
  out += fmt::format("  before     steady for {}, within {}\n", to_string(timeline.steady_for),
                     to_string(timeline.steady_within));
  TimelineTimes clock;
  bool restored = false;
  for (const auto& step : timeline.steps) {
    const auto when = clock.advance(step);
    const auto what = action_text(step.action);
    restored = restored || std::holds_alternative<RestoreAction>(step.action);
    const bool is_open = std::holds_alternative<UntilCondition>(step.when) ||
                         std::holds_alternative<AfterEvent>(step.when);
    out += fmt::format("  {:>9}  {}\n", is_open ? "" : when,
                       is_open ? when + (what.empty() ? "" : ": " + what)
                               : (what.empty() ? "nothing, only time passes" : what));
  }
  for (const auto& abort : timeline.aborts)
    out += fmt::format("  stops      as soon as {}\n", abort_text(abort));
  if (timeline.duration > Nanos{0})
    out += fmt::format("  until      {} at least\n", to_string(timeline.duration));
  if (!restored) return;
  if (timeline.failback_within > Nanos{0})
    out += fmt::format("  after      traffic is back on its WANs, waited for {} at most\n",
                       to_string(timeline.failback_within));
  out += fmt::format("  after      steady for {}, within {}\n",
                     to_string(std::max(timeline.steady_for, plan.sustained_for)),
                     to_string(timeline.steady_within));
}

void write_expectations(std::string& out, const Plan& plan) {
  out += "\nExpected\n";
  for (const auto& expectation : plan.expectations)
    out += "  " + expectation.text + "\n";
  if (plan.expectations.empty())
    out +=
        "  nothing of its own: only that faults work, the required failovers happen and traffic "
        "is steady again\n";
}

}  // namespace

std::string plan_as_text(const Plan& plan) {
  std::string out;
  write_head(out, plan);
  write_mininet(out, plan.topology);
  write_wans(out, plan.topology);
  out += capacity_text(plan.topology);
  write_segments(out, plan.topology);
  write_services(out, plan.topology);
  write_traffic(out, plan.traffic);
  write_timeline(out, plan);
  write_expectations(out, plan);
  return out;
}

}  // namespace wandrill
