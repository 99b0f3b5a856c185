// SPDX-License-Identifier: Apache-2.0
#include "plan/words.hpp"

namespace wandrill {

std::string_view to_string(EngineChoice engine) {
  return word_of(engine);
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
