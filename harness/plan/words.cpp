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
    case FaultKind::kBrownout:
      return FaultTarget::kLink;
    case FaultKind::kWithdraw:
    case FaultKind::kNatRebind:
    case FaultKind::kArp:
    case FaultKind::kMtu:
    case FaultKind::kDhcp:
      return FaultTarget::kIsp;
    case FaultKind::kMonitorTarget:
    case FaultKind::kDns:
      return FaultTarget::kServer;
    case FaultKind::kKill:
    case FaultKind::kStop:
    case FaultKind::kRestart:
    case FaultKind::kExec:
      return FaultTarget::kRouter;
  }
  return FaultTarget::kLink;
}
bool is_momentary(const FaultAction& fault) {
  return fault.kind == FaultKind::kRestart ||
         (fault.kind == FaultKind::kExec && fault.lab.undo.empty());
}
std::string_view to_string(ServiceMode mode) {
  return word_of(mode);
}
std::string_view to_string(FailoverDuty duty) {
  return word_of(duty);
}
std::string_view to_string(NodeKind kind) {
  return word_of(kind);
}
std::string_view to_string(ServiceKind kind) {
  return word_of(kind);
}
std::string_view to_string(TrafficKind kind) {
  return word_of(kind);
}

}  // namespace wandrill
