// SPDX-License-Identifier: Apache-2.0
#include "plan/timeline/action_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/faults/fault_info.hpp"
#include "plan/faults/fault_text.hpp"

namespace wandrill {
namespace {

struct Describe {
  std::string operator()(const std::monostate&) const { return ""; }
  std::string operator()(const FaultAction& fault) const {
    const auto where = fault_place(fault);
    const bool has_direction = takes_key(fault.kind, "direction");
    return fmt::format("break {}: {}{}{}{} ({}; failover {})", where, fault_kind_text(fault),
                       fault.ramp > Nanos{0} ? " over " + to_string(fault.ramp) : "",
                       fault_filter_text(fault),
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
