// SPDX-License-Identifier: Apache-2.0
#include "link/wire/burst_loss.hpp"

#include <cmath>
#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

constexpr int kFrames = 200'000;

std::vector<bool> losses(const LossBursts& bursts, std::uint64_t seed) {
  BurstLoss loss;
  loss.change(bursts, seed);
  std::vector<bool> result;
  for (int i = 0; i < kFrames; ++i)
    result.push_back(loss.drops(Frame{}));
  return result;
}

}  // namespace

TEST_CASE("Bursts come as often and last as long as asked") {
  const auto lost = losses({.enter = Percent{2}, .leave = Percent{25}}, 1);
  double count = 0;
  double runs = 0;
  for (std::size_t i = 0; i < lost.size(); ++i) {
    count += lost[i] ? 1 : 0;
    runs += lost[i] && (i == 0 || !lost[i - 1]) ? 1 : 0;
  }
  // 2 / 27 of all; by runs of 4 on average, which are geometric.
  CHECK(std::abs(count / kFrames - 2.0 / 27.0) < 0.006);
  CHECK(std::abs(count / runs - 4.0) < 4.5 * std::sqrt(12.0 / runs));
}

TEST_CASE("Frames within a burst may pass and frames between bursts be lost") {
  const LossBursts bursts{.enter = Percent{10},
                          .leave = Percent{10},
                          .loss_in_burst = Percent{60},
                          .loss_between = Percent{20}};
  double count = 0;
  for (const bool one : losses(bursts, 2))
    count += one ? 1 : 0;
  CHECK(std::abs(count / kFrames - 0.4) < 0.015);
  CHECK(mean_loss({.bursts = bursts}).value == Approx(40.0));
}

TEST_CASE("The same seed has the same bursts, whatever the Prover sends") {
  const LossBursts bursts{.enter = Percent{5}, .leave = Percent{20}};
  CHECK((losses(bursts, 3) == losses(bursts, 3)));
  CHECK((losses(bursts, 3) != losses(bursts, 4)));
  BurstLoss loss;
  loss.change(bursts, 3);
  std::vector<bool> mixed;
  for (int i = 0; i < kFrames; ++i) {
    if (i % 3 == 0) static_cast<void>(loss.drops(Frame{.is_proof = true}));
    mixed.push_back(loss.drops(Frame{}));
  }
  CHECK((mixed == losses(bursts, 3)));
}
