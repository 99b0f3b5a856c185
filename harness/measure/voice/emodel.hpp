// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/units.hpp"

namespace wandrill {

// The E-model of ITU-T G.107 (narrowband), all parameters at their defaults but delay, loss and
// codec.

/// Ro − Is − Id of idle listener echo: what is left with no delay and no loss.
inline constexpr double kBestR = 93.2062077233;
/// Worst mean length of bursts, as a ratio, that is fed into the model.
inline constexpr double kMostBurstRatio = 2.0;

struct Voice {
  double equipment_impairment = 0.0;  ///< Ie
  double loss_robustness = 25.1;      ///< Bpl
};

/// What a listener gets.
struct VoicePath {
  Nanos mouth_to_ear{0};      ///< Ta: network, packet, coder and playout buffer.
  double loss_percent = 0.0;  ///< Ppl: lost and discarded packets.
  double burst_ratio = 1.0;   ///< BurstR, clamped to 1…2.
};

/// Idd: impairment by delay, with perfect echo control.
double delay_impairment(Nanos mouth_to_ear);
/// Ie,eff: impairment by the codec and by losses.
double effective_equipment_impairment(const Voice& voice, double loss_percent, double burst_ratio);
/// R; 0 when everything is lost.
double r_factor(const Voice& voice, const VoicePath& path);
/// MOS-CQE from R (G.107 Annex B), from 1 to 4.5.
double mean_opinion_score(double r);

}  // namespace wandrill
