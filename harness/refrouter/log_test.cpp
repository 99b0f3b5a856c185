// SPDX-License-Identifier: Apache-2.0
#include "refrouter/log.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

TEST_CASE("A log line has its stamp, its event and then its fields in order", "[refrouter]") {
  const Instant at{12s + 4056us};
  CHECK(log_line(at, "switch", {{"wan", "wan_b"}, {"from", "wan_a"}}) ==
        "{\"monotonic\":12.004056,\"event\":\"switch\",\"wan\":\"wan_b\",\"from\":\"wan_a\"}\n");
  CHECK(log_line(at, "ready", Json::object()) == "{\"monotonic\":12.004056,\"event\":\"ready\"}\n");
}

TEST_CASE("A log line stays one line of JSON whatever its fields hold", "[refrouter]") {
  const auto line = log_line(Instant{}, "error", {{"message", "one\ntwo \"three\" \xff"}});
  CHECK(line.find('\n') == line.size() - 1);
  CHECK(Json::parse(line)["event"] == "error");
}
