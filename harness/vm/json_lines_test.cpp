// SPDX-License-Identifier: Apache-2.0
#include "vm/json_lines.hpp"

#include "base/json_line.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Messages come out whole, however their bytes arrive", "[json_lines]") {
  JsonLines lines;
  lines.feed("{\"type\":\"he");
  CHECK(lines.next().is_null());
  lines.feed("llo\"}\n{\"a\":1}\n{");
  CHECK(lines.next() == Json{{"type", "hello"}});
  CHECK(lines.next() == Json{{"a", 1}});
  CHECK(lines.next().is_null());
}

TEST_CASE("What is no message is passed over", "[json_lines]") {
  JsonLines lines;
  lines.feed("[ 0.1] Kernel panic\n7\n{\"a\":1}\n");
  CHECK(lines.next() == Json{{"a", 1}});
  lines.feed(std::string(2U << 20U, 'x'));
  lines.feed("\n{\"b\":2}\n");
  CHECK(lines.next() == Json{{"b", 2}});
}

TEST_CASE("A message is one line, and stays one with bytes that are no text", "[json_lines]") {
  const Json message{{"line", "two\nlines \xff"}};
  JsonLines lines;
  lines.feed(json_line(message));
  CHECK(lines.next() == Json{{"line", "two\nlines \xef\xbf\xbd"}});
}
