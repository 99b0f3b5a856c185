// SPDX-License-Identifier: Apache-2.0
#include "link/loss.hpp"

#include <algorithm>
#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

constexpr int kDecisions = 100'000;

std::vector<bool> decisions(Percent percent, std::uint64_t seed, bool with_proofs = false) {
  Loss loss;
  loss.change(percent, seed);
  std::vector<bool> result;
  for (int i = 0; i < kDecisions; ++i) {
    if (with_proofs && i % 7 == 0) static_cast<void>(loss.drops_proof());
    result.push_back(loss.drops());
  }
  return result;
}

}  // namespace

TEST_CASE("The same seed loses the same frames") {
  CHECK((decisions(Percent{5}, 42) == decisions(Percent{5}, 42)));
}

TEST_CASE("Another seed loses other frames") {
  CHECK((decisions(Percent{5}, 42) != decisions(Percent{5}, 43)));
}

TEST_CASE("The Prover's frames do not shift the losses of the traffic") {
  CHECK((decisions(Percent{5}, 42, true) == decisions(Percent{5}, 42)));
}

TEST_CASE("About the asked share of frames is lost") {
  const auto lost = decisions(Percent{5}, 1);
  const auto count = std::count(lost.begin(), lost.end(), true);
  CHECK(count > 4700);  // five standard deviations are 345
  CHECK(count < 5300);
}

TEST_CASE("A loss of nothing loses nothing and of everything everything") {
  const auto none = decisions(Percent{0}, 1);
  const auto all = decisions(Percent{100}, 1);
  CHECK(std::count(none.begin(), none.end(), true) == 0);
  CHECK(std::count(all.begin(), all.end(), true) == kDecisions);
}
