// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/loss_pattern.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {

TEST_CASE("Loss distances and periods are as in RFC 3357 5.4.3") {
  const auto losses = loss_pattern({2, 5, 7, 9, 10});
  std::vector<std::uint64_t> distances;
  std::vector<std::uint64_t> periods;
  for (const auto& loss : losses) {
    distances.push_back(loss.distance);
    periods.push_back(loss.period);
  }
  CHECK(distances == std::vector<std::uint64_t>{0, 3, 2, 2, 1});
  CHECK(periods == std::vector<std::uint64_t>{1, 2, 3, 4, 4});
  CHECK(noticeable_loss_rate(losses, 2) == Approx(3.0 / 5.0));
}

TEST_CASE("Without loss there is no pattern") {
  CHECK(loss_pattern({}).empty());
  CHECK(noticeable_loss_rate({}, 2) == 0.0);
}

}  // namespace wandrill
