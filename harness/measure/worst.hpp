// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>
#include <string>

#include "measure/measurements.hpp"

namespace wandrill {

/// Collects the worst of several measured values under one name. One that does not exist is worse
/// than all others.
class WorstOf {
 public:
  explicit WorstOf(std::map<std::string, Measured>& metrics) : metrics_{metrics} {}

  void take(const std::string& name, const Measured& measured, bool lower_is_better) {
    auto& worst = metrics_[name];
    if (seen_.insert(name).second) {
      worst = measured;
      return;
    }
    if (!worst.value) return;
    const bool worse = !measured.value || (lower_is_better ? *measured.value > *worst.value
                                                           : *measured.value < *worst.value);
    if (worse) worst = measured;
  }

 private:
  std::map<std::string, Measured>& metrics_;
  std::set<std::string> seen_;
};

}  // namespace wandrill
