// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "verdict/verdict.hpp"

namespace wandrill {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSkipped:
      return "skipped";
    case Outcome::kPass:
      return "pass";
    case Outcome::kInconclusive:
      return "inconclusive";
    case Outcome::kFail:
      return "fail";
    case Outcome::kError:
      return "error";
    case Outcome::kInterrupted:
      break;
  }
  return "interrupted";
}

int exit_code(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSkipped:
    case Outcome::kPass:
      return 0;
    case Outcome::kFail:
      return 1;
    case Outcome::kError:
      return 3;
    case Outcome::kInconclusive:
      return 4;
    case Outcome::kInterrupted:
      break;
  }
  return 130;
}

std::string_view to_string(Finding::Bucket bucket) {
  switch (bucket) {
    case Finding::Bucket::kImmediateFix:
      return "immediate fix";
    case Finding::Bucket::kPlannedEngineering:
      return "planned engineering";
    case Finding::Bucket::kDeferred:
      break;
  }
  return "deferred";
}

Outcome worst(const std::vector<Outcome>& outcomes) {
  Outcome result = Outcome::kSkipped;
  for (const auto outcome : outcomes)
    result = std::max(result, outcome);
  return result;
}

}  // namespace wandrill
