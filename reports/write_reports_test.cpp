// SPDX-License-Identifier: Apache-2.0
#include "reports/write_reports.hpp"

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"
#include "reports/testing/sample_documents.hpp"

using namespace wandrill;
namespace fs = std::filesystem;

TEST_CASE("A run folder gets the document and its renderings, and nothing else", "[reports]") {
  const testing::ScratchFolder folder;
  const auto document = testing::sample_documents().front().second;
  write_reports(folder.path(), document);
  CHECK(Json::parse(read_file(folder.path() / "result.json")) == document);
  CHECK(fs::file_size(folder.path() / "junit.xml") > 0);
  CHECK(fs::file_size(folder.path() / "summary.md") > 0);
  CHECK(std::distance(fs::directory_iterator{folder.path()}, {}) == 3);
}

TEST_CASE("A full disk is told in words and leaves no half of a file", "[reports]") {
  if (!fs::exists("/dev/full")) WANDRILL_SKIP("no /dev/full");
  const testing::ScratchFolder folder;
  fs::create_symlink("/dev/full", folder.path() / "result.json.part");
  const auto document = testing::sample_documents().front().second;
  CHECK_THROWS_WITH(
      write_reports(folder.path(), document),
      "write " + (folder.path() / "result.json").native() + ": No space left on device");
  CHECK_FALSE(fs::exists(folder.path() / "result.json"));
  CHECK_FALSE(fs::exists(folder.path() / "result.json.part"));
}

TEST_CASE("Texts that are not UTF-8 are written all the same", "[reports]") {
  const testing::ScratchFolder folder;
  auto document = testing::sample_documents().front().second;
  document["sentence"] = "caf\xe9";
  write_reports(folder.path(), document);
  CHECK(Json::parse(read_file(folder.path() / "result.json")).at("sentence") == "caf\xef\xbf\xbd");
}
