// SPDX-License-Identifier: Apache-2.0
#include "plan/words.hpp"

namespace wandrill {

std::string_view to_string(EngineChoice engine) {
  return word_of(engine);
}
std::string_view to_string(FaultKind kind) {
  return word_of(kind);
}
FaultTarget target_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::kCarrier:
    case FaultKind::kFarEnd:
    case FaultKind::kBlackhole:
    case FaultKind::kLoss:
    case FaultKind::kDelay:
    case FaultKind::kJitter:
    case FaultKind::kRate:
    case FaultKind::kReorder:
    case FaultKind::kDuplicate:
    case FaultKind::kCorrupt:
    case FaultKind::kFlap:
      return FaultTarget::kLink;
    case FaultKind::kWithdraw:
      return FaultTarget::kIsp;
  }
  return FaultTarget::kLink;
}
std::string_view to_string(FailoverDuty duty) {
  return word_of(duty);
}
std::string_view to_string(NodeKind kind) {
  return word_of(kind);
}
std::string_view to_string(TrafficKind kind) {
  return word_of(kind);
}

}  // namespace wandrill
