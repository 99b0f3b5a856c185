// SPDX-License-Identifier: Apache-2.0
#include "run/event_log.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

RunInstant at(Nanos since_start) {
  return RunInstant{since_start};
}

}  // namespace

TEST_CASE("A step that waits for an event gets the first one since it began to wait") {
  EventLog board;
  board.post("failover", at(1s));
  board.post("failback", at(2s));
  board.post("failover", at(3s));
  board.post("failover", at(4s));
  CHECK(board.first("failover", at(1500ms)) == at(3s));
  CHECK(board.first("failover", at(1s)) == at(1s));
  CHECK_FALSE(board.first("failover", at(5s)));
  CHECK_FALSE(board.first("switch", at(0s)));
}

TEST_CASE("A step that follows another by its label gets that step's latest round") {
  EventLog board;
  board.post("cut", at(1s));
  board.post("cut", at(9s));
  CHECK(board.last("cut") == at(9s));
  CHECK_FALSE(board.last("mended"));
}

}  // namespace wandrill
