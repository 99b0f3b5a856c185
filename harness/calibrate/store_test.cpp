// SPDX-License-Identifier: Apache-2.0
#include "calibrate/store.hpp"

#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;

namespace {

Calibration of(const std::string& kernel, const std::string& engine, const std::string& taken) {
  return {.key = {.machine = "lab", .kernel = kernel, .engine = engine, .version = "1"},
          .taken = taken};
}

}  // namespace

TEST_CASE("A new calibration takes the place of the one with the same key", "[calibrate]") {
  const testing::ScratchFolder folder;
  const auto file = folder.path() / "wandrill/calibration.json";
  CHECK(read_calibrations(file).empty());
  keep_calibration(file, of("6.1", "wire", "2026-01-01T00:00:00Z"));
  keep_calibration(file, of("6.1", "netem", "2026-01-02T00:00:00Z"));
  keep_calibration(file, of("6.1", "wire", "2026-01-03T00:00:00Z"));
  const auto kept = read_calibrations(file);
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].taken == "2026-01-03T00:00:00Z");
  CHECK(kept[1].key.engine == "netem");
}

TEST_CASE("The calibration of another kernel is none", "[calibrate]") {
  const std::vector<Calibration> kept{of("6.1", "wire", "2026-01-03T00:00:00Z"),
                                      of("6.1", "netem", "2026-01-02T00:00:00Z")};
  auto key = kept[1].key;
  CHECK(find_calibration(kept, key) == &kept[1]);
  key.engine.clear();
  CHECK(find_calibration(kept, key) == &kept[0]);
  key.kernel = "6.2";
  CHECK(find_calibration(kept, key) == nullptr);
  key = kept[0].key;
  key.root = true;
  CHECK(find_calibration(kept, key) == nullptr);
}

TEST_CASE("A damaged file of calibrations counts as none", "[calibrate]") {
  const testing::ScratchFolder folder;
  const auto file = folder.path() / "calibration.json";
  for (const char* text : {"", "{", "[]", "{\"calibrations\": [{}]}", "{\"calibrations\": 7}"}) {
    write_file(file, text);
    CHECK(read_calibrations(file).empty());
  }
}
