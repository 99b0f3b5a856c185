// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/delay_variation.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

constexpr int kLost = -1000;

Delays delays(std::initializer_list<int> values) {
  Delays result;
  for (const int value : values)
    result.push_back(value == kLost ? std::nullopt : std::optional{Nanos{value}});
  return result;
}

}  // namespace

TEST_CASE("Delay variation is as in RFC 5481 figure 1") {
  const auto sample = delays({20, 10, 20, 25, 20});
  CHECK(ipdv(sample) == delays({kLost, -10, 10, 5, -5}));
  CHECK(pdv(sample) == delays({10, 0, 10, 15, 10}));
}

TEST_CASE("Delay variation with losses is as in RFC 5481 figure 6") {
  const auto sample = delays({3, 4, 3, 3, kLost, kLost, 8, 9, 8});
  CHECK(ipdv(sample) == delays({kLost, 1, -1, 0, kLost, kLost, kLost, 1, -1}));
  CHECK(pdv(sample) == delays({0, 1, 0, 0, kLost, kLost, 5, 6, 5}));
}

TEST_CASE("Lost packets alone have no delay variation") {
  CHECK(pdv(delays({kLost, kLost})) == delays({kLost, kLost}));
  CHECK(ipdv({}).empty());
}

}  // namespace wandrill
