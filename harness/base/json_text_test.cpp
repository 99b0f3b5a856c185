// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;

namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

TEST_CASE("JSON is read as it stands, and everything else is nothing", "[json_text]") {
  CHECK(parse_json(R"({"a": [1, "x"]})") == Json{{"a", {1, "x"}}});
  for (const auto* text : {"", "{", "{]", "nul", "{\"a\": 1} x", "\"\xff\"", "panic: oops"})
    CHECK_FALSE(parse_json(text));
}

TEST_CASE("JSON that is nested too deeply is nothing", "[json_text]") {
  CHECK(parse_json(nested(kDeepestJson)));
  CHECK_FALSE(parse_json(nested(kDeepestJson + 1)));
  CHECK_FALSE(parse_json(std::string(128UL * 1024UL, '[')));
}

TEST_CASE("Brackets within strings are not nesting", "[json_text]") {
  CHECK(parse_json('"' + std::string(1000, '[') + R"(\"[[\\")"));
  CHECK_FALSE(parse_json("\"\\"));
}

TEST_CASE("A damaged file is named, without the words of a library", "[json_text]") {
  const testing::ScratchFolder folder;
  const auto file = folder.path() / "cell.json";
  write_file(file, "{\"pid\": 1");
  CHECK_THROWS_WITH(read_json(file),
                    file.native() + ": is damaged: it is not the JSON that wandrill wrote");
  write_file(file, "{\"pid\": 1}");
  CHECK(read_json(file).at("pid") == 1);
}
