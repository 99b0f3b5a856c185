// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "programs/conformance/checks.hpp"

namespace wandrill {

// Each reads one or more numbers out of a stream. Pure.

std::vector<Measured> measure_clean(const StreamResult& result, Nanos baseline);
/// The share of lost frames and, where losses hang together, how often one follows another.
std::vector<Measured> measure_loss(const StreamResult& result, const Impairment& asked);
/// Lengths of runs, lost and not, and how they are distributed.
std::vector<Measured> measure_bursts(const StreamResult& result, const LossBursts& asked);
std::vector<Measured> measure_delay(const StreamResult& result, Nanos asked, Nanos baseline);
/// Deciles and order.
std::vector<Measured> measure_jitter(const StreamResult& result, const Impairment& asked,
                                     Nanos baseline);
std::vector<Measured> measure_order(const StreamResult& result, Nanos baseline);
std::vector<Measured> measure_rate(const StreamResult& result, const StreamPlan& plan,
                                   BitsPerSecond asked);
/// Frames of even numbers are to be lost with this chance, those of odd numbers never.
std::vector<Measured> measure_filtered_loss(const StreamResult& result, Percent asked);
std::vector<Measured> measure_reorder(const StreamResult& result,
                                      const CorrelatedProbability& asked);
std::vector<Measured> measure_duplicate(const StreamResult& result,
                                        const CorrelatedProbability& asked);
std::vector<Measured> measure_corrupt(const StreamResult& result, const StreamPlan& plan,
                                      const CorrelatedProbability& asked);

}  // namespace wandrill
