// SPDX-License-Identifier: Apache-2.0
#include "reports/text_layout.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Width counts characters, not bytes", "[layout]") {
  CHECK(display_width("1 s ± 5 ms → 2") == 14);
  CHECK(display_width("") == 0);
}

TEST_CASE("Text is broken between words only", "[layout]") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("unbreakable", 4) == Lines{"unbreakable"});
  CHECK(wrapped("a  b\nc", 10) == Lines{"a b c"});
  CHECK(wrapped("", 10) == Lines{""});
  CHECK(wrapped("538 ms ± 20 ms", 14) == Lines{"538 ms ± 20 ms"});
  CHECK(wrapped("538 ms ± 20 ms", 9) == Lines{"538 ms", "± 20 ms"});
  CHECK(wrapped("a 538 ms ± 20 ms", 8) == Lines{"a 538 ms", "± 20 ms"});
  CHECK(wrapped("\x1b[31mred", 20) == Lines{"\\x1b[31mred"});
}

TEST_CASE("The widest columns give way first", "[layout]") {
  using Widths = std::vector<std::size_t>;
  const std::vector<std::vector<std::string>> rows{{"short", "as long as a sentence can be"},
                                                   {"longer", "y"}};
  CHECK(column_widths(rows, 2, 100) == Widths{6, 28});
  CHECK(column_widths(rows, 2, 28) == Widths{6, 20});
  CHECK(column_widths(rows, 2, 5) == Widths{6, 8});
  CHECK(column_widths({}, 2, 5).empty());
}
