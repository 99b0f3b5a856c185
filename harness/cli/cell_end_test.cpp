// SPDX-License-Identifier: Apache-2.0
#include "cli/cell_end.hpp"

#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;

TEST_CASE("How a killed cell ended is kept for later reports", "[cell_end]") {
  const testing::ScratchFolder folder;
  keep_cell_end(folder.path(), {.interrupted = true, .error = "killed \xff by signal 9"});
  const auto end = read_cell_end(folder.path());
  CHECK(end.interrupted);
  CHECK(end.error == "killed \xef\xbf\xbd by signal 9");
}

TEST_CASE("A cell that ended by itself leaves no word", "[cell_end]") {
  const testing::ScratchFolder folder;
  keep_cell_end(folder.path(), {});
  CHECK(std::filesystem::is_empty(folder.path()));
  const auto end = read_cell_end(folder.path());
  CHECK_FALSE(end.interrupted);
  CHECK(end.error.empty());
}

TEST_CASE("A damaged word of the end is named", "[cell_end]") {
  const testing::ScratchFolder folder;
  const auto file = (folder.path() / "end.json").native();
  for (const auto* text : {"{}", "[]", "{\"interrupted\": 1, \"error\": \"\"}",
                           "{\"interrupted\": true, \"error\": null}"}) {
    write_file(file, text);
    CHECK_THROWS_WITH(read_cell_end(folder.path()),
                      file + ": is damaged: it does not say how the run ended");
  }
  write_file(file, "{");
  CHECK_THROWS_WITH(read_cell_end(folder.path()),
                    file + ": is damaged: it is not the JSON that wandrill wrote");
}
