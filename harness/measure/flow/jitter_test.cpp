// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/jitter.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {

TEST_CASE("One step of delay decays by a sixteenth per packet") {
  Jitter jitter;
  CHECK(jitter.take(0) == 0.0);  // 8 kHz: 10 ms are 80
  CHECK(jitter.take(80) == 5.0);
  CHECK(jitter.take(80) == 4.6875);
  CHECK(jitter.take(80) == Approx(4.39453).margin(5e-6));
  CHECK(jitter.take(80) == Approx(4.11987).margin(5e-6));
  CHECK(jitter.take(80) == Approx(3.86238).margin(5e-6));
}

TEST_CASE("Alternating delay brings the jitter close to its step") {
  Jitter jitter;
  double last = 0;
  for (int packet = 0; packet <= 100; ++packet)
    last = jitter.take(packet % 2 == 0 ? 0 : 80);
  CHECK(last == Approx(79.874).margin(5e-4));
}

}  // namespace wandrill
