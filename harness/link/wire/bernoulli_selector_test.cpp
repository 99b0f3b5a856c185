// SPDX-License-Identifier: Apache-2.0
#include "link/wire/bernoulli_selector.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

constexpr int kDecisions = 100'000;

std::vector<bool> decisions(Percent percent, std::uint64_t seed, bool with_proofs = false,
                            Percent correlation = {}) {
  BernoulliSelector lot;
  lot.change({percent, correlation}, seed);
  const Frame frame;
  const Frame proof{.is_proof = true};
  std::vector<bool> result;
  for (int i = 0; i < kDecisions; ++i) {
    if (with_proofs && i % 7 == 0) static_cast<void>(lot.falls_on(proof));
    result.push_back(lot.falls_on(frame));
  }
  return result;
}

}  // namespace

TEST_CASE("The same seed chooses the same frames") {
  CHECK((decisions(Percent{5}, 42) == decisions(Percent{5}, 42)));
}

TEST_CASE("Another seed chooses other frames") {
  CHECK((decisions(Percent{5}, 42) != decisions(Percent{5}, 43)));
}

TEST_CASE("The Prover's frames do not shift the choices among the traffic") {
  CHECK((decisions(Percent{5}, 42, true) == decisions(Percent{5}, 42)));
}

TEST_CASE("About the asked share of frames is chosen") {
  const auto lost = decisions(Percent{5}, 1);
  const auto count = std::count(lost.begin(), lost.end(), true);
  CHECK(count > 4700);  // five standard deviations are 345
  CHECK(count < 5300);
}

TEST_CASE("A share of nothing chooses nothing and of everything everything") {
  const auto none = decisions(Percent{0}, 1);
  const auto all = decisions(Percent{100}, 1);
  CHECK(std::count(none.begin(), none.end(), true) == 0);
  CHECK(std::count(all.begin(), all.end(), true) == kDecisions);
}

TEST_CASE("A correlation leaves the share as it is and makes the chosen come in clusters") {
  for (const double correlation : {10.0, 25.0, 50.0, 75.0, 90.0}) {
    const auto chosen = decisions(Percent{10}, 3, false, Percent{correlation});
    const auto count = static_cast<double>(std::count(chosen.begin(), chosen.end(), true));
    const double deviation = 95.0 * std::sqrt((100.0 + correlation) / (100.0 - correlation));
    CAPTURE(correlation);
    CHECK(std::abs(count - 10'000.0) < 4.0 * deviation);
    double pairs = 0.0;
    for (std::size_t i = 1; i < chosen.size(); ++i)
      pairs += chosen[i] && chosen[i - 1] ? 1.0 : 0.0;
    CHECK(pairs / count > 0.1 + 0.003 * correlation);  // 0.1 if each were for itself
  }
}
