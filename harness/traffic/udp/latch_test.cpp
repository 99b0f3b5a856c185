// SPDX-License-Identifier: Apache-2.0
#include "traffic/udp/latch.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

SocketAddress source(const char* address, std::uint16_t port) {
  return SocketAddress{*IpAddress::parse(address), port};
}

TEST_CASE("A server has no peer before its client's first packet") {
  CHECK(Latch{}.peer() == nullptr);
}

TEST_CASE("The first packet latches, also one that is not the client's first") {
  Latch latch;
  CHECK(latch.offer(source("198.51.100.1", 4000), 17) == Latch::Change::kFirst);
  REQUIRE(latch.peer());
  CHECK(latch.peer()->port() == 4000);
}

TEST_CASE("A packet with sequence 0 latches only once") {
  Latch latch;
  CHECK(latch.offer(source("198.51.100.1", 4000), 0) == Latch::Change::kFirst);
  CHECK(latch.offer(source("198.51.100.2", 4000), 0) == Latch::Change::kNone);
}

TEST_CASE("The server follows a change of address or port") {
  Latch latch;
  latch.offer(source("2001:db8::1", 4000), 1);
  CHECK(latch.offer(source("2001:db8::1", 4000), 2) == Latch::Change::kNone);
  CHECK(latch.offer(source("2001:db8::1", 4001), 3) == Latch::Change::kMoved);
  CHECK(latch.offer(source("2001:db8::2", 4001), 4) == Latch::Change::kMoved);
  CHECK(to_string(latch.peer()->address()) == "2001:db8::2");
}

TEST_CASE("A packet held up on the old path does not pull the session back") {
  Latch latch;
  latch.offer(source("198.51.100.1", 4000), 1);
  latch.offer(source("203.0.113.9", 4000), 5);
  CHECK(latch.offer(source("198.51.100.1", 4000), 4) == Latch::Change::kNone);
  CHECK(to_string(latch.peer()->address()) == "203.0.113.9");
}

}  // namespace
}  // namespace wandrill
