// SPDX-License-Identifier: Apache-2.0
#include "base/patience.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

constexpr Clock::time_point kStart{1000s};
constexpr Nanos kWaitedBefore = 77s;

/// Looks every 5 ms; of each, programs waited for a share of the time.
struct Looker {
  Patience::Look now{.at = kStart, .waited = kWaitedBefore};
  Patience patience;

  explicit Looker(Nanos within) : patience{within, now} {}

  bool look_after(Nanos time, Nanos waited = 0ns) {
    now.at += time;
    now.waited += waited;
    return patience.is_over(now);
  }
  /// Whether it was over by then.
  bool look_for(Nanos time, int percent_waited = 0) {
    bool is_over = false;
    for (const auto until = now.at + time; now.at < until;)
      is_over = look_after(5ms, Nanos{5ms} * percent_waited / 100);
    return is_over;
  }
};

}  // namespace

TEST_CASE("On a machine that keeps nobody waiting, patience ends after what is allowed") {
  Looker looker{10s};
  CHECK_FALSE(looker.look_for(10s));  // exactly
  CHECK_FALSE(looker.patience.is_stretched());
  CHECK(looker.look_after(1ns));
  CHECK(looker.patience.lost() == 0ns);
  CHECK(looker.patience.text() == "10s");
}

TEST_CASE("Time in which programs waited for a processor does not count") {
  Looker looker{10s};
  CHECK_FALSE(looker.look_for(20s, 50));
  CHECK(looker.patience.lost() == 10s);
  CHECK(looker.patience.is_stretched());
  CHECK(looker.patience.note() ==
        "after 20s; 10s are allowed and this machine kept programs waiting for 10s");
  CHECK(looker.look_after(1ms));
  CHECK(looker.patience.text() ==
        "20s (10s, and 10s during which this machine kept programs waiting)");
}

TEST_CASE("Of a short stall the text has tenths of a second") {
  Looker looker{1s};
  CHECK_FALSE(looker.look_for(1s, 25));
  CHECK(looker.look_for(255ms));
  CHECK(looker.patience.text() ==
        "1.3s (1s, and 255ms during which this machine kept programs waiting)");
}

TEST_CASE("Where the kernel tells no pressure, only times without a look do not count") {
  Looker looker{1s};
  CHECK_FALSE(looker.look_after(100ms));
  CHECK(looker.patience.lost() == 0ns);
  CHECK_FALSE(looker.look_after(101ms));
  CHECK(looker.patience.lost() == 101ms);
  CHECK_FALSE(looker.look_for(900ms));
  CHECK(looker.look_after(1ms));
}

TEST_CASE("A time without a look in which programs waited is lost once") {
  Looker looker{10s};
  CHECK_FALSE(looker.look_after(2s, 1500ms));
  CHECK(looker.patience.lost() == 2s);
  CHECK_FALSE(looker.look_after(50ms, 20ms));
  CHECK(looker.patience.lost() == 2020ms);
}

TEST_CASE("Never more is lost than has passed") {
  Looker looker{10s};
  CHECK_FALSE(looker.look_after(50ms, 3s));
  CHECK(looker.patience.lost() == 50ms);
  CHECK_FALSE(looker.look_after(50ms, -1s));  // a counter that began anew
  CHECK(looker.patience.lost() == 50ms);
}

TEST_CASE("What was lost before the start is no excuse") {
  Looker looker{1s};
  CHECK_FALSE(looker.look_for(1s));
  CHECK(looker.look_after(1ms));
}

TEST_CASE("Patience ends after three times what is allowed, whatever was lost") {
  Looker looker{10s};
  CHECK_FALSE(looker.look_for(30s, 100));  // exactly
  CHECK(looker.look_after(1ms, 1ms));
  CHECK(looker.patience.text() == "30s (3 times 10s: this machine kept programs waiting for 30s)");

  Looker sleeper{10s};
  CHECK(sleeper.look_after(31s));
}

TEST_CASE("Another time can be allowed since the same start") {
  Looker looker{1s};
  CHECK_FALSE(looker.look_for(1200ms, 20));
  looker.patience.allow(2s);
  CHECK_FALSE(looker.patience.is_stretched());
  CHECK_FALSE(looker.look_for(1040ms));
  CHECK(looker.look_after(1ms));
  CHECK(looker.patience.lost() == 240ms);
}
