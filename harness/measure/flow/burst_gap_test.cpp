// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/burst_gap.hpp"

#include <string_view>

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

/// '1' arrived, 'X' lost.
std::vector<bool> losses(std::string_view text) {
  std::vector<bool> lost;
  for (const char c : text)
    lost.push_back(c == 'X' || c == '0');
  return lost;
}

void add(std::vector<bool>& to, std::size_t count, bool lost) {
  to.insert(to.end(), count, lost);
}

}  // namespace

TEST_CASE("The example of RFC 3611 4.7.2 is one burst between two gaps") {
  // The RFC contradicts itself by one packet: its text has 63 (density 84) or 64 (85). The string
  // as printed, with 'X' and '0' for lost packets, is what is read here.
  const auto lost = losses("11110111111111111111111X111X1011110111111111111111111X111111111");
  const auto result = find_bursts(lost, 10ms);
  CHECK(lost.size() == 63);
  CHECK(result.bursts == 1);
  CHECK(result.gaps == 2);
  CHECK(std::abs(result.burst_density - 84) <= 1);
  CHECK(result.gap_density == 10);
  CHECK(result.burst_duration == 120ms);
  CHECK(result.gap_duration == 255ms);
}

TEST_CASE("An outage is one burst, with what is before and behind it for gaps") {
  std::vector<bool> lost;
  add(lost, 1000, false);
  add(lost, 50, true);
  add(lost, 1000, false);
  const auto result = find_bursts(lost, 20ms);
  CHECK(result.bursts == 1);
  CHECK(result.burst_duration == 1s);
  CHECK(result.burst_density == 255);
  CHECK(result.gaps == 2);
  CHECK(result.gap_duration == 20s);
  CHECK(result.gap_density == 0);
}

TEST_CASE("Every 17th packet lost is no burst, every 16th is one") {
  const auto every = [](std::size_t n) {
    std::vector<bool> lost;
    for (std::size_t i = 0; i < 10 * n; ++i)
      lost.push_back(i % n == 0);
    return find_bursts(lost, 20ms);
  };
  CHECK(every(17).bursts == 0);
  CHECK(every(17).gap_density == 15);
  CHECK(every(16).bursts == 1);
}

TEST_CASE("Without packets or without losses there is nothing but a gap") {
  CHECK(find_bursts({}, 20ms).gaps == 0);
  const auto clean = find_bursts(std::vector<bool>(100, false), 20ms);
  CHECK(clean.bursts == 0);
  CHECK(clean.gaps == 1);
  CHECK(clean.gap_duration == 2s);
  const auto dead = find_bursts(std::vector<bool>(100, true), 20ms);
  CHECK(dead.bursts == 1);
  CHECK(dead.gaps == 0);
  CHECK(dead.burst_density == 255);
}

TEST_CASE("Parts of a flow, joined, have the losses of the whole") {
  for (std::size_t cut = 0; cut <= 20; ++cut) {
    CAPTURE(cut);
    LossRuns whole;
    LossRuns first;
    LossRuns second;
    for (std::size_t i = 0; i < 20; ++i) {
      const bool lost = i < 2 || (i >= 7 && i < 12) || i == 15;
      whole.take(lost);
      (i < cut ? first : second).take(lost);
    }
    first.join(second);
    CHECK(first.sent() == whole.sent());
    CHECK(first.lost() == whole.lost());
    CHECK(first.burst_ratio() == whole.burst_ratio());
  }
}

TEST_CASE("The burst ratio is 1 for losses one by one, and grows with their runs") {
  LossRuns single;
  for (int i = 0; i < 100; ++i)
    single.take(i % 10 == 0);
  CHECK(single.loss_percent() == Approx(10));
  CHECK(single.burst_ratio() == Approx(0.9));
  LossRuns outage;
  for (int i = 0; i < 100; ++i)
    outage.take(i >= 50 && i < 60);
  CHECK(outage.burst_ratio() == Approx(9));
  CHECK(LossRuns{}.burst_ratio() == 1.0);
  CHECK(LossRuns{}.loss_percent() == 0.0);
}
