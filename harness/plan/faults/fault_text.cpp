// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_text.hpp"

#include <fmt/format.h>

#include "plan/faults/fault_info.hpp"

namespace wandrill {

std::string fault_kind_text(const FaultAction& fault) {
  const auto& info = info_of(fault.kind);
  return info.text == nullptr ? std::string{to_string(fault.kind)} : info.text(fault);
}

std::string direction_text(FaultDirection direction) {
  return direction == FaultDirection::kBoth ? "both directions"
                                            : fmt::format("{} only", to_string(direction));
}

std::string fault_filter_text(const FaultAction& fault) {
  return fault.filter.empty() ? "" : ", only " + to_string(fault.filter);
}

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
  auto text = fault_kind_text(fault);
  if (fault.ramp > Nanos{0}) text += " over " + to_string(fault.ramp);
  text += fault_filter_text(fault);
  if (fault.direction != FaultDirection::kBoth)
    text += (fault.filter.empty() ? " " : ", ") + direction_text(fault.direction);
  return text;
}

}  // namespace wandrill
