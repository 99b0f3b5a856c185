// SPDX-License-Identifier: Apache-2.0
#include "link/proof/prover_frame.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

constexpr std::array<std::uint8_t, 6> kTo{2, 0, 0, 0, 0, 1};
constexpr std::array<std::uint8_t, 6> kFrom{2, 0, 0, 0, 0, 2};
const ProverFrame kFrame{.prover = 77,
                         .direction = Direction::kDown,
                         .sequence = 123456789012,
                         .sent = Clock::time_point{90s}};

}  // namespace

TEST_CASE("A prover frame reads back as it was written") {
  const auto bytes = encode(kFrame, kTo, kFrom, kFullProverFrame);
  CHECK(bytes.size() == kFullProverFrame);
  CHECK(std::equal(kTo.begin(), kTo.end(), bytes.begin()));
  CHECK(bytes[12] == 0x88);
  CHECK(bytes[13] == 0xB5);
  CHECK(decode_prover_frame(bytes) == kFrame);
}

TEST_CASE("Frames of others are not taken for a prover's") {
  auto bytes = encode(kFrame, kTo, kFrom, kSmallProverFrame);
  auto foreign = bytes;
  foreign[12] = 0x08;
  CHECK_FALSE(is_prover_frame(foreign));
  foreign = bytes;
  foreign[16] = 'x';
  CHECK_FALSE(decode_prover_frame(foreign).has_value());
  bytes.resize(30);
  CHECK_FALSE(decode_prover_frame(bytes).has_value());
  CHECK_FALSE(is_prover_frame({}));
}

TEST_CASE("No prover frame is shorter than Ethernet allows") {
  CHECK(encode(kFrame, kTo, kFrom, 10).size() == 60);
}
