// SPDX-License-Identifier: Apache-2.0
#include "measure/voice/emodel.hpp"

#include <algorithm>
#include <cmath>

namespace wandrill {

double delay_impairment(Nanos mouth_to_ear) {
  const double milliseconds = std::chrono::duration<double, std::milli>(mouth_to_ear).count();
  if (milliseconds <= 100.0) return 0.0;
  const double x = std::log2(milliseconds / 100.0);
  const double sixth = 1.0 / 6.0;
  return 25.0 * (std::pow(1.0 + std::pow(x, 6.0), sixth) -
                 3.0 * std::pow(1.0 + std::pow(x / 3.0, 6.0), sixth) + 2.0);
}

double effective_equipment_impairment(const Voice& voice, double loss_percent, double burst_ratio) {
  if (loss_percent <= 0.0) return voice.equipment_impairment;
  const double burst = std::clamp(burst_ratio, 1.0, kMostBurstRatio);
  return voice.equipment_impairment + (95.0 - voice.equipment_impairment) * loss_percent /
                                          (loss_percent / burst + voice.loss_robustness);
}

double r_factor(const Voice& voice, const VoicePath& path) {
  if (path.loss_percent >= 100.0) return 0.0;
  const double r = kBestR - delay_impairment(path.mouth_to_ear) -
                   effective_equipment_impairment(voice, path.loss_percent, path.burst_ratio);
  return std::max(0.0, r);
}

double mean_opinion_score(double r) {
  if (r <= 0.0) return 1.0;
  if (r >= 100.0) return 4.5;
  // The cubic dips below 1 for R < 6.5.
  return std::max(1.0, 1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6);
}

}  // namespace wandrill
