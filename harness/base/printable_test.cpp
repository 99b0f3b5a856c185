// SPDX-License-Identifier: Apache-2.0
#include "base/printable.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::string_view_literals;

TEST_CASE("Ordinary text of any language stays as it is", "[printable]") {
  const std::string text = "café ─ ● ✗ 日本語 😀\n\tindented";
  CHECK(printable(text) == text);
  CHECK(printable("").empty());
}

TEST_CASE("What would act on a terminal is written out", "[printable]") {
  CHECK(printable("\x1b[2J\x1b]0;title\x07") == "\\x1b[2J\\x1b]0;title\\x07");
  CHECK(printable("a\rb\bc\x7f") == "a\\rb\\x08c\\x7f");
  CHECK(printable("\xc2\x9b"
                  "31m") == "\\x9b31m");  // CSI as one character, ECMA-48
}

TEST_CASE("A NUL byte ends no text", "[printable]") {
  CHECK(printable("before\0after"sv) == "before\\x00after");
}

TEST_CASE("Marks that turn the reading direction are written out", "[printable]") {
  CHECK(printable("a\u202eb\u2066c\u200fd") == "a\\u202eb\\u2066c\\u200fd");
}

TEST_CASE("Bytes that are no UTF-8 are written out, one by one", "[printable]") {
  CHECK(printable("\xff") == "\\xff");
  CHECK(printable("a\xc3") == "a\\xc3");                  // cut short
  CHECK(printable("\xc0\xaf") == "\\xc0\\xaf");           // longer than need be
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // a surrogate
  CHECK(printable("\xe2\x82(") == "\\xe2\\x82(");
  CHECK(printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
}

TEST_CASE("A line stays on its line", "[printable]") {
  CHECK(printable_line("a\nwandrill: ok\tb") == "a\\nwandrill: ok\\tb");
  CHECK(printable_line("café") == "café");
}
