// SPDX-License-Identifier: Apache-2.0
#include "lab/line_cutter.hpp"

#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

constexpr std::size_t kLongest = 4;
using Lines = std::vector<std::string>;

Lines cut(std::string_view text, std::size_t piece) {
  Lines lines;
  const auto keep = [&](const std::string& line) { lines.push_back(line); };
  LineCutter cutter{kLongest};
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
    cutter.feed(text.substr(0, piece), keep);
  cutter.finish(keep);
  CHECK(cutter.partial().empty());
  return lines;
}

}  // namespace

TEST_CASE("Lines are the same in whatever pieces they come") {
  for (std::size_t piece = 1; piece <= 16; ++piece) {
    INFO(piece);
    CHECK(cut("ab\n\nc\n", piece) == Lines{"ab", "", "c"});
    CHECK(cut("ab\nc", piece) == Lines{"ab", "c"});
    CHECK(cut("abcdefghij\nk", piece) == Lines{"abcd", "efgh", "ij", "k"});
  }
}

TEST_CASE("A line of just the greatest length makes no empty one") {
  for (std::size_t piece = 1; piece <= 16; ++piece) {
    INFO(piece);
    CHECK(cut("abcd\nef\n", piece) == Lines{"abcd", "ef"});
    CHECK(cut("abcdefgh\n", piece) == Lines{"abcd", "efgh"});
    CHECK(cut("abcd", piece) == Lines{"abcd"});
  }
}

TEST_CASE("What one program left unsaid is not put before the next one's words") {
  Lines lines;
  const auto keep = [&](const std::string& line) { lines.push_back(line); };
  LineCutter cutter{kLongest};
  cutter.feed("ab", keep);
  CHECK(cutter.partial() == "ab");
  cutter.clear();
  cutter.feed("cd\n", keep);
  CHECK(lines == Lines{"cd"});
}
