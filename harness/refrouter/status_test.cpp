// SPDX-License-Identifier: Apache-2.0
#include "refrouter/status.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("The status names the active WAN and what is known of each", "[refrouter]") {
  RefrouterConfig config;
  config.wans = {{.name = "wan_a"}, {.name = "wan_b"}};
  Failover failover{{.health = {.down_count = 1}}, std::vector<WanHealth>(2)};
  failover.check(0, false, Instant{});
  CHECK(status_text(config, failover) ==
        R"({"ok":true,"active":"wan_b","by_hand":false,"wans":[)"
        R"({"wan":"wan_a","up":false,"carrier":true,"lost_in_a_row":1,"answered_in_a_row":0},)"
        R"({"wan":"wan_b","up":true,"carrier":true,"lost_in_a_row":0,"answered_in_a_row":0}]})");
}

TEST_CASE("An answer says whether the command was carried out", "[refrouter]") {
  CHECK(is_done(done_text()));
  CHECK_FALSE(is_done(refusal_text("no other WAN works")));
  CHECK_FALSE(is_done("nonsense"));
  CHECK_FALSE(is_done(""));
}
