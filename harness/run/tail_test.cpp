// SPDX-License-Identifier: Apache-2.0
#include "run/tail.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {
constexpr RunInstant kRestored{20s};
}  // namespace

TEST_CASE("Traffic that never left has no way back to wait for", "[tail]") {
  const Tail tail{kRestored, 30s};
  const Tail::Look look{.now = kRestored, .is_home = true};
  CHECK_FALSE(tail.must_wait(look));
  CHECK(tail.has_come_back(look));
  CHECK(tail.counts_from(look) == kRestored);
}

TEST_CASE("A drill goes on until the way back is seen, and steadiness counts from there",
          "[tail]") {
  const Tail tail{kRestored, 30s};
  CHECK(tail.must_wait({.now = RunInstant{25s}}));
  const Tail::Look back{.now = RunInstant{27s}, .last_failback = RunInstant{26s}};
  CHECK_FALSE(tail.must_wait(back));
  CHECK(tail.counts_from(back) == RunInstant{26s});
}

TEST_CASE("A way back before the last restore was another's", "[tail]") {
  const Tail tail{kRestored, 30s};
  const Tail::Look look{.now = RunInstant{25s}, .last_failback = RunInstant{12s}};
  CHECK(tail.must_wait(look));
  CHECK(tail.counts_from(look) == kRestored);
}

TEST_CASE("A router that stays on the backup is not waited for longer than asked", "[tail]") {
  const Tail tail{kRestored, 30s};
  CHECK(tail.must_wait({.now = RunInstant{50s} - Nanos{1}}));
  CHECK_FALSE(tail.must_wait({.now = RunInstant{50s}}));
  CHECK_FALSE(tail.has_come_back({.now = RunInstant{50s}}));
  CHECK(tail.counts_from({.now = RunInstant{50s}}) == kRestored);
  CHECK_FALSE(Tail{kRestored, 0s}.must_wait({.now = kRestored}));
}
