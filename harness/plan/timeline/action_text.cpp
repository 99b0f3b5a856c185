// SPDX-License-Identifier: Apache-2.0
#include "plan/timeline/action_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/words.hpp"

namespace wandrill {
namespace {

/// "dns hijack 203.0.113.66", "dns slow 300ms", "dhcp nak"
std::string service_fault_text(const FaultAction& fault) {
  auto text = fmt::format("{} {}", to_string(fault.kind), to_string(fault.lab.mode));
  if (fault.lab.mode == ServiceMode::kSlow) text += " " + to_string(fault.lab.delay);
  for (const auto& address : fault.lab.addresses)
    text += " " + to_string(address);
  return text;
}

std::string correlation_text(Percent correlation) {
  return correlation.value == 0.0 ? "" : ", correlation " + to_string(correlation);
}

std::string chance_text(const Chance& chance) {
  return to_string(chance.share) + correlation_text(chance.correlation);
}

std::string loss_text(const Impairment& value) {
  const auto& bursts = value.bursts;
  if (!bursts.on()) return "loss " + chance_text({value.loss, value.loss_correlation});
  return fmt::format("loss in bursts (enter {}, leave {}, {} lost within, {} between)",
                     to_string(bursts.enter), to_string(bursts.leave),
                     to_string(bursts.loss_in_burst), to_string(bursts.loss_between));
}

std::string kind_text(const FaultAction& fault) {
  switch (fault.kind) {
    case FaultKind::kLoss:
      return loss_text(fault.value);
    case FaultKind::kDelay:
      return "delay +" + to_string(fault.value.delay);
    case FaultKind::kJitter:
      return "jitter ± " + to_string(fault.value.jitter) +
             correlation_text(fault.value.jitter_correlation);
    case FaultKind::kRate:
      return "rate " + to_string(fault.value.rate) +
             (fault.value.queue.value == 0 ? "" : ", queue " + to_string(fault.value.queue));
    case FaultKind::kReorder:
      return "reorder " + chance_text(fault.value.reorder) + ", the others delay +" +
             to_string(fault.value.delay);
    case FaultKind::kDuplicate:
      return "duplicate " + chance_text(fault.value.duplicate);
    case FaultKind::kCorrupt:
      return "corrupt " + chance_text(fault.value.corrupt);
    case FaultKind::kFlap:
      return fmt::format("{} flaps {} times within {:.3f}s", to_string(fault.flap_of),
                         fault.edges.size() / 2,
                         std::chrono::duration<double>(fault.edges.back().offset).count());
    case FaultKind::kBrownout:
      return "brownout: loss " + to_string(fault.value.loss) + ", delay +" +
             to_string(fault.value.delay) + " ± " + to_string(fault.value.jitter) + ", rate " +
             to_string(fault.value.rate);
    case FaultKind::kArp:
      return fmt::format("arp {}", word_of(fault.lab.arp));
    case FaultKind::kMtu:
      return fmt::format("mtu {}B{}", fault.lab.mtu.value,
                         fault.lab.too_big ? "" : ", nobody is told");
    case FaultKind::kKill:
    case FaultKind::kStop:
    case FaultKind::kRestart:
      return fmt::format("{} {}", to_string(fault.kind), fault.lab.process);
    case FaultKind::kExec:
      return fmt::format("exec {}", fmt::join(fault.lab.run, " "));
    case FaultKind::kDns:
    case FaultKind::kDhcp:
      return service_fault_text(fault);
    case FaultKind::kCarrier:
    case FaultKind::kFarEnd:
    case FaultKind::kBlackhole:
    case FaultKind::kWithdraw:
    case FaultKind::kNatRebind:
    case FaultKind::kMonitorTarget:
      break;
  }
  return std::string{to_string(fault.kind)};
}

std::string direction_text(FaultDirection direction) {
  return direction == FaultDirection::kBoth ? "both directions"
                                            : fmt::format("{} only", to_string(direction));
}

/// ", only udp port 5060"
std::string filter_text(const FaultAction& fault) {
  return fault.filter.empty() ? "" : ", only " + to_string(fault.filter);
}

struct Describe {
  std::string operator()(const std::monostate&) const { return ""; }
  std::string operator()(const FaultAction& fault) const {
    const auto where = fault_place(fault);
    const bool has_direction =
        target_of(fault.kind) == FaultTarget::kLink || fault.kind == FaultKind::kMtu;
    return fmt::format("break {}: {}{}{}{} ({}; failover {})", where, kind_text(fault),
                       fault.ramp > Nanos{0} ? " over " + to_string(fault.ramp) : "",
                       filter_text(fault),
                       has_direction ? ", " + direction_text(fault.direction) : "", fault.id,
                       fault.duty == FailoverDuty::kEither ? "optional" : to_string(fault.duty));
  }
  std::string operator()(const RestoreAction& action) const {
    return fmt::format("restore {} ({})", fmt::join(action.faults, ", "), action.id);
  }
  std::string operator()(const CommandAction& action) const {
    return fmt::format("router command {} ({})", action.command, action.id);
  }
};

}  // namespace

std::string fault_place(const FaultAction& fault) {
  switch (target_of(fault.kind)) {
    case FaultTarget::kServer:
      return fault.lab.server;
    case FaultTarget::kRouter:
      return "the router";
    case FaultTarget::kIsp:
    case FaultTarget::kLink:
      break;
  }
  return fault.wan;
}

std::string fault_text(const FaultAction& fault) {
  auto text = kind_text(fault);
  if (fault.ramp > Nanos{0}) text += " over " + to_string(fault.ramp);
  text += filter_text(fault);
  if (fault.direction != FaultDirection::kBoth)
    text += (fault.filter.empty() ? " " : ", ") + direction_text(fault.direction);
  return text;
}

std::string action_text(const decltype(StepPlan::action)& action) {
  return std::visit(Describe{}, action);
}

std::string condition_text(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::kEgress:
      return fmt::format("all traffic leaves by {}", condition.wan);
    case Condition::Kind::kFlowing:
      return fmt::format("{} flows without loss",
                         condition.session.empty() ? "everything" : condition.session);
    case Condition::Kind::kSilent:
      return fmt::format("{} receives nothing",
                         condition.session.empty() ? "some session" : condition.session);
    case Condition::Kind::kAlert:
      return fmt::format("a monitor is told '{}'{}", condition.pattern,
                         condition.channel.empty() ? "" : " by " + condition.channel);
    case Condition::Kind::kLog:
      break;
  }
  return fmt::format("the router's log has '{}'", condition.pattern);
}

std::string event_text(const AfterEvent& after) {
  return after.offset == Nanos{0} ? after.event
                                  : fmt::format("{} + {}", after.event, to_string(after.offset));
}

std::string abort_text(const AbortPlan& abort) {
  const auto text = condition_text(abort.condition);
  return abort.lasting == Nanos{0} ? text
                                   : fmt::format("{} for {}", text, to_string(abort.lasting));
}

}  // namespace wandrill
