// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("The generator is xoshiro256** seeded by SplitMix64", "[random]") {
  // Reference: the authors' C code with the state that SplitMix64 gives for seed 0.
  Random random{0};
  CHECK(random.next() == 0x99ec5f36cb75f2b4U);
  CHECK(random.next() == 0xbf6e1f784956452aU);
  CHECK(random.next() == 0x1a5f849d4933e6e0U);
}

TEST_CASE("Two links, and two directions of a link, never share a sequence", "[random]") {
  CHECK(derive_seed(1, {"wan_a", "up"}) == derive_seed(1, {"wan_a", "up"}));
  CHECK(derive_seed(1, {"wan_a", "up"}) != derive_seed(1, {"wan_a", "down"}));
  CHECK(derive_seed(1, {"wan_a", "up"}) != derive_seed(1, {"wan_b", "up"}));
  CHECK(derive_seed(1, {"wan_a", "up"}) != derive_seed(2, {"wan_a", "up"}));
  CHECK(derive_seed(1, {"ab", "c"}) != derive_seed(1, {"a", "bc"}));
}

TEST_CASE("Uniform numbers stay in [0, 1) and have the right mean", "[random]") {
  Random random{42};
  double sum = 0.0;
  for (int i = 0; i < 100'000; ++i) {
    const double u = random.uniform();
    REQUIRE(u >= 0.0);
    REQUIRE(u < 1.0);
    sum += u;
  }
  CHECK(sum / 100'000 == Approx(0.5).margin(0.005));
}
