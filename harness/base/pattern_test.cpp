// SPDX-License-Identifier: Apache-2.0
#include "base/pattern.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {

TEST_CASE("A pattern is looked for anywhere in a text") {
  CHECK(Pattern{"wan_[ab] is (down|lost)"}.search("12:00 wan_b is lost, says ping"));
  CHECK_FALSE(Pattern{"wan_[ab] is (down|lost)"}.search("12:00 wan_c is lost"));
  CHECK(Pattern{R"(^\d+\.\d{2}\s\w+$)"}.search("17.25 up_2"));
  CHECK_FALSE(Pattern{R"(^\d+\.\d{2}\s\w+$)"}.search("17.25 up_2\n"));
  CHECK(Pattern{"[[:space:]]up\\b"}.search("link\tup."));
  CHECK(Pattern{"(?i)DOWN"}.search("Down"));
  CHECK(Pattern{""}.search(""));
  CHECK_FALSE(Pattern{"a.b"}.search("a\nb"));
}

TEST_CASE("Bytes that are no UTF-8, and NUL, hide nothing of a text") {
  using namespace std::string_literals;
  CHECK(Pattern{"a.+b"}.search("a\xff\xfe\xc3"s + "b"));
  CHECK(Pattern{"is down"}.search("\0wan is down"s));
  CHECK(Pattern{"ausgef\xc3\xa4llt"}.search("wan ausgef\xc3\xa4llt"));
}

TEST_CASE("The first group of a pattern is what it found") {
  const Pattern down{R"((\w+) is down(?: \((\d+)\))?)"};
  CHECK(down.first_group("wan_a is down (3)") == "wan_a");
  CHECK_FALSE(down.first_group("wan_a is up"));
  CHECK(Pattern{"down"}.first_group("is down") == "");
  CHECK(Pattern{"(x)?down"}.first_group("is down") == "");
}

TEST_CASE("What is no pattern is refused with a reason") {
  CHECK_FALSE(pattern_mistake("(down)"));
  CHECK(pattern_mistake("(down") == "missing ): (down");
  CHECK(pattern_mistake("[z-a]") == "invalid character class range: z-a");
  CHECK_THROWS_WITH(Pattern{"(down"}, "'(down' is no regular expression (RE2): missing ): (down");
  CHECK(pattern_mistake(R"((a|b)\1)") ==
        "a pattern cannot refer back to a group ('\\1'): write out what stands there");
  for (const auto* around : {"up(?=!)", "up(?!!)", "(?<=!)up", "(?<!!)up"})
    CHECK(
        pattern_mistake(around).value_or("").starts_with("a pattern cannot look ahead or behind"));
  CHECK(pattern_mistake("((a{100}){100}){100}"));
  CHECK_THROWS_AS(Pattern{"((a{100}){100}){100}"}, PatternError);
}

TEST_CASE("Long texts end, whatever the pattern") {
  constexpr std::size_t kLong = 1024UL * 1024UL;
  CHECK_FALSE(Pattern{"^(a|b)*c"}.search(std::string(kLong, 'a')));
  CHECK(Pattern{"(a|b)*c"}.search(std::string(kLong, 'a') + "c"));
  CHECK_FALSE(Pattern{"(x+x+)+y"}.search(std::string(kLong, 'x')));
  CHECK(Pattern{"(x+x+)+y"}.first_group(std::string(kLong, 'x') + "y") == std::string(kLong, 'x'));
}

}  // namespace wandrill
