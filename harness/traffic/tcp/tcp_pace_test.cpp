// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_pace.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

SessionPlan remote_desktop(std::uint64_t seed) {
  SessionPlan session;
  session.interval = 50ms;
  session.own = TcpPlan{.seed = seed, .irregularity = 0.8, .longest_reply = 64};
  return session;
}

}  // namespace

TEST_CASE("An irregular pace keeps its mean and its bounds, and comes again with its seed") {
  TcpPace pace{remote_desktop(7)};
  TcpPace same{remote_desktop(7)};
  TcpPace other{remote_desktop(8)};
  Nanos sum{0};
  int differences = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto gap = pace.next_gap();
    CHECK(gap == same.next_gap());
    differences += gap != other.next_gap() ? 1 : 0;
    CHECK(gap >= 10ms);
    CHECK(gap <= 90ms);
    sum += gap;
  }
  CHECK(sum > 47s);
  CHECK(sum < 53s);
  CHECK(differences > 990);
}

TEST_CASE("Replies are mostly short, now and then long, and the same for the same request") {
  const TcpPace pace{remote_desktop(7)};
  std::uint64_t sum = 0;
  std::uint32_t longest = 0;
  for (std::uint64_t sequence = 0; sequence < 1000; ++sequence) {
    const auto length = pace.reply_length(sequence);
    CHECK(length == pace.reply_length(sequence));
    CHECK(length >= 1);
    CHECK(length <= 64);
    longest = std::max(longest, length);
    sum += length;
  }
  CHECK(longest > 55);
  CHECK(sum > 18'000);
  CHECK(sum < 26'000);
}

TEST_CASE("Without a profile a session is used evenly, and replies are as long as requests") {
  SessionPlan session;
  session.interval = 100ms;
  TcpPace pace{session};
  CHECK(pace.next_gap() == 100ms);
  CHECK(pace.reply_length(3) == 1);
}

}  // namespace wandrill
