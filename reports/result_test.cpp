// SPDX-License-Identifier: Apache-2.0
#include "reports/result.hpp"

#include <filesystem>
#include <set>

#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "reports/testing/sample_documents.hpp"

using namespace wandrill;

namespace {

/// Every key of a document; those of maps from a name of the user's are left out.
void collect_keys(const Json& j, std::set<std::string>& keys) {
  if (j.is_array())
    for (const auto& item : j)
      collect_keys(item, keys);
  if (!j.is_object()) return;
  for (const auto& [key, value] : j.items()) {
    keys.insert(key);
    if (key == "flows" || key == "measurements")
      for (const auto& named : value)
        collect_keys(named, keys);
    else
      collect_keys(value, keys);
  }
}

}  // namespace

TEST_CASE("Every key of result.json is documented", "[reports]") {
  std::set<std::string> keys;
  for (const auto& [name, document] : testing::sample_documents())
    collect_keys(document, keys);
  CHECK(keys.size() > 60);
  const auto page = read_file(std::filesystem::path{WANDRILL_SOURCE_DIR} / "docs/result-json.md");
  for (const auto& key : keys) {
    INFO("docs/result-json.md has no row for `" << key << "`");
    CHECK(page.find("\n| `" + key + "` |") != std::string::npos);
  }
}

TEST_CASE("A document survives being written and read", "[reports]") {
  for (const auto& [name, document] : testing::sample_documents()) {
    CAPTURE(name);
    CHECK(Json::parse(document.dump(2)) == document);
  }
}

TEST_CASE("Times that never came are null, not zero", "[reports]") {
  for (const auto& [name, document] : testing::sample_documents()) {
    if (name != "never") continue;
    const auto& failover = document.at("transitions").at(0);
    CHECK(failover.at("converged_s").is_null());
    CHECK(failover.at("full_convergence_time").at("value").is_null());
    CHECK(document.at("expectations").at(0).at("measured").is_null());
  }
}
