// SPDX-License-Identifier: Apache-2.0
#include "lab/channel.hpp"

#include <string>

#include <sys/socket.h>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

/// As whoever got hold of the cell's end could.
void write_raw(const Channel& end, const std::string& text) {
  REQUIRE(::send(end.fd(), text.data(), text.size(), MSG_DONTWAIT) ==
          static_cast<ssize_t>(text.size()));
}

}  // namespace

TEST_CASE("Messages arrive whole and in order, and then the end", "[channel]") {
  auto pair = Channel::create();
  CHECK(pair.parent.receive().message.is_null());
  pair.cell.send({{"type", "event"}});
  pair.cell.send({{"type", "ready"}});
  CHECK(pair.parent.receive().message == Json{{"type", "event"}});
  CHECK(pair.parent.receive().message == Json{{"type", "ready"}});
  CHECK_FALSE(pair.parent.receive().closed);
  pair.cell = {};
  CHECK(pair.parent.receive().closed);
}

TEST_CASE("What is no JSON, too deep or too long arrives as discarded", "[channel]") {
  const auto pair = Channel::create();
  for (const auto& text :
       {std::string{"{"}, std::string{"panic"}, std::string{"\0", 1}, std::string(1000, '['),
        "\"" + std::string(150UL * 1024UL, 'x') + "\""}) {
    write_raw(pair.cell, text);
    const auto [message, closed] = pair.parent.receive();
    CHECK(message.is_discarded());
    CHECK_FALSE(closed);
  }
  CHECK(pair.parent.receive().message.is_null());
}

TEST_CASE("An empty message is not the end of the line", "[channel]") {
  auto pair = Channel::create();
  write_raw(pair.cell, "");
  const auto [message, closed] = pair.parent.receive();
  CHECK(message.is_discarded());
  CHECK_FALSE(closed);
}
