// SPDX-License-Identifier: Apache-2.0
#include "cli/live_view.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("The picture shows links, sessions and what comes next", "[live_view]") {
  const Json progress{
      {"type", "progress"},
      {"scenario", "live-call-disconnect"},
      {"stage", "timeline"},
      {"elapsed", 75'400'000'000},
      {"wans",
       {{{"name", "wan_a"}, {"active", false}, {"fault", "blackhole"}},
        {{"name", "wan_b"}, {"active", true}, {"fault", ""}}}},
      {"sessions",
       {{{"name", "call"}, {"up", {{"silent_ms", 12}}}, {"down", {{"silent_ms", 1240}}}}}},
      {"ahead", "next: restore silence in 3.2 s"}};
  CHECK(draw_progress(progress, 80) ==
        "─ live-call-disconnect ─ timeline ─ 01:15\n"
        "  ✗ wan_a  idle  (blackhole)\n"
        "  ● wan_b  carries the traffic\n"
        "  call         up ● ok   down ✗ silent for 1.2 s\n"
        "  next: restore silence in 3.2 s\n");
  CHECK(draw_progress(progress, 9).starts_with("─ live-ca\n  ✗ wan_a\n"));
}

TEST_CASE("What a router logs does not act on the terminal", "[live_view]") {
  CHECK(plain_line({{"type", "event"}, {"at", 0}, {"text", std::string("a\x1b[2Jb\0c\nd", 10)}}) ==
        "[   0.000s] a\\x1b[2Jb\\x00c\\nd");
  CHECK(draw_progress({{"type", "progress"}, {"scenario", "\x1b]0;title\x07"}}, 80) ==
        "─ \\x1b]0;title\\x07 ─  ─ 00:00\n");
}

TEST_CASE("In a pipe, events are lines and progress is silent", "[live_view]") {
  CHECK(plain_line({{"type", "event"}, {"at", 1'430'000'000}, {"text", "carrier: applied"}}) ==
        "[   1.430s] carrier: applied");
  CHECK(plain_line({{"type", "progress"}}).empty());
}
