// SPDX-License-Identifier: Apache-2.0
#include "record/journal.hpp"

#include <fstream>

#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

namespace wandrill {
namespace {

struct Fixture {
  testing::ScratchFolder folder;
  std::filesystem::path path = folder.path() / "journal.jsonl";
  FaultJournal journal{path};

  void write(const std::string& act, const std::string& fault, const std::string& what) {
    journal.write({.act = act, .fault = fault, .what = what});
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "A fault is in force from before it is applied until it was restored") {
  write("apply", "cut", "carrier on wan_a");
  CHECK(in_force_at_end(read_journal(path)) == std::vector<std::string>{"carrier on wan_a (cut)"});
  write("applied", "cut", "carrier on wan_a");
  write("apply", "slow", "delay +50ms on wan_b");
  write("restore", "cut", "carrier on wan_a");
  CHECK(in_force_at_end(read_journal(path)).size() == 2);
  write("restored", "cut", "carrier on wan_a");
  CHECK(in_force_at_end(read_journal(path)) ==
        std::vector<std::string>{"delay +50ms on wan_b (slow)"});
  write("end", "", "");
  CHECK(in_force_at_end(read_journal(path)).empty());
}

TEST_CASE_METHOD(Fixture, "A line that was cut off does not hide those before it") {
  write("apply", "cut", "carrier on wan_a");
  std::ofstream{path, std::ios::app} << "{\"act\": \"rest";
  CHECK(in_force_at_end(read_journal(path)).size() == 1);
}

TEST_CASE("Where there is no journal nothing is in force") {
  CHECK(read_journal("/nonexistent/journal.jsonl").empty());
}

}  // namespace wandrill
