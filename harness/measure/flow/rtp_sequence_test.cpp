// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/rtp_sequence.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {

TEST_CASE("RTP's sequence numbers go round without a loss") {
  RtpSequence sequence;
  for (const int number : {65534, 65535, 0, 1})
    sequence.take(static_cast<std::uint16_t>(number));
  CHECK(sequence.cycles() == 1);
  CHECK(sequence.lost() == 0);
}

TEST_CASE("A reordered packet across the cycle keeps its place") {
  RtpSequence sequence;
  CHECK(sequence.take(65535) == 65535);
  CHECK(sequence.take(1) == 65537);
  CHECK(sequence.take(0) == 65536);
  CHECK(sequence.lost() == 0);
}

TEST_CASE("A long jump counts as loss") {
  RtpSequence sequence;
  sequence.take(10);
  sequence.take(4010);
  CHECK(sequence.lost() == 3999);
}

}  // namespace wandrill
