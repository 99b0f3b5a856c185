// SPDX-License-Identifier: Apache-2.0
#include "run/fault_text.hpp"

#include <fmt/format.h>

namespace wandrill {
namespace {

std::string value_text(const FaultAction& fault) {
  switch (fault.kind) {
    case FaultKind::kLoss:
      return " " + to_string(fault.value.loss);
    case FaultKind::kDelay:
      return " +" + to_string(fault.value.delay);
    case FaultKind::kJitter:
      return " ±" + to_string(fault.value.jitter);
    case FaultKind::kRate:
      return " " + to_string(fault.value.rate);
    case FaultKind::kFlap:
      return fmt::format(" of {}", to_string(fault.flap_of));
    case FaultKind::kCarrier:
    case FaultKind::kFarEnd:
    case FaultKind::kBlackhole:
      break;
  }
  return "";
}

}  // namespace

std::string fault_text(const FaultAction& fault) {
  return fmt::format("{}{} {}", to_string(fault.kind), value_text(fault),
                     to_string(fault.direction));
}

}  // namespace wandrill
