// SPDX-License-Identifier: Apache-2.0
#include "base/testing/golden.hpp"

#include "reports/junit.hpp"
#include "reports/summary.hpp"
#include "reports/testing/sample_documents.hpp"

using namespace wandrill;
using testing::check_golden;

TEST_CASE("The documents of every kind of run are as approved", "[reports]") {
  for (const auto& [name, document] : testing::sample_documents())
    check_golden("reports/golden/" + name + ".json", document.dump(2) + "\n");
}

TEST_CASE("The text summaries of every kind of run are as approved", "[reports]") {
  for (const auto& [name, document] : testing::sample_documents())
    check_golden("reports/golden/" + name + ".txt", summary_text(document, 110, false));
  const auto document = testing::sample_documents().front().second;
  check_golden("reports/golden/narrow.txt", summary_text(document, 60, false));
  check_golden("reports/golden/colour.txt", summary_text(document, 110, true));
}

TEST_CASE("The Markdown summaries of every kind of run are as approved", "[reports]") {
  for (const auto& [name, document] : testing::sample_documents())
    check_golden("reports/golden/" + name + ".md", summary_markdown(document));
  check_golden("reports/golden/awkward.md", summary_markdown(testing::awkward_document()));
}

TEST_CASE("The JUnit files of every kind of run are as approved", "[reports]") {
  std::vector<Json> suite;
  for (const auto& [name, document] : testing::sample_documents()) {
    check_golden("reports/golden/" + name + ".xml", junit_xml(document));
    suite.push_back(document);
  }
  check_golden("reports/golden/suite.xml", junit_xml(suite));
  check_golden("reports/golden/awkward.xml", junit_xml(testing::awkward_document()));
}
