// SPDX-License-Identifier: Apache-2.0
#include "reports/junit.hpp"

#include <fmt/format.h>

#include "base/printable.hpp"
#include "reports/number_text.hpp"

namespace wandrill {
namespace {

/// For attributes and text alike. Characters that XML 1.0 cannot hold are written out.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : printable(text)) {
    switch (c) {
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '&':
        result += "&amp;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\n':
        result += "&#10;";
        break;
      case '\t':
        result += "&#9;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string field(const Json& j, const char* key) {
  return escaped(j.at(key).get<std::string>());
}

struct Case {
  std::string name;  // As are all of these: escaped.
  std::string outcome;
  std::string message;
  std::string details;
};

/// How many cases came to what, and the cases as XML.
struct Suite {
  int tests = 0;
  int failures = 0;
  int errors = 0;
  int skipped = 0;
  std::string xml;
};

void add(Suite& suite, const std::string& classname, const Case& test) {
  ++suite.tests;
  suite.xml += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", classname, test.name);
  if (test.outcome == "pass") {
    suite.xml += "/>\n";
    return;
  }
  std::string element = "error";
  if (test.outcome == "fail") element = "failure";
  if (test.outcome == "skipped") element = "skipped";
  ++(element == "failure" ? suite.failures : element == "error" ? suite.errors : suite.skipped);
  const auto type =
      element == "skipped" ? std::string{} : fmt::format(" type=\"{}\"", test.outcome);
  suite.xml += fmt::format(">\n      <{0} message=\"{1}\"{2}>{3}</{0}>\n    </testcase>\n", element,
                           test.message, type, test.details);
}

Case expectation_case(const Json& judged) {
  auto details =
      fmt::format("measured {}, bound {}", escaped(judged_text(judged)), field(judged, "bound"));
  if (const auto place = field(judged, "place"); !place.empty()) details += "&#10;" + place;
  if (const auto evidence = field(judged, "evidence"); !evidence.empty())
    details += "&#10;packets: " + evidence;
  return {field(judged, "text"), field(judged, "outcome"), field(judged, "reason"), details};
}

std::string suite_xml(const Json& document) {
  const auto scenario = field(document, "scenario");
  const auto outcome = field(document, "outcome");
  Suite suite;
  bool told = outcome == "pass";
  for (const auto& judged : document.at("expectations")) {
    add(suite, scenario, expectation_case(judged));
    told = told || judged.at("outcome") == document.at("outcome");
  }
  if (!told)
    add(suite, scenario, {"run", outcome, field(document, "reason"), field(document, "sentence")});
  const auto& duration = document.at("duration_s");
  std::string properties;
  for (const char* key :
       {"outcome", "sentence", "router", "engine", "kernel", "wandrill", "folder"})
    properties +=
        fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", key, field(document, key));
  properties +=
      fmt::format("      <property name=\"seed\" value=\"{}\"/>\n", document.at("seed").dump());
  return fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
      "time=\"{:.3f}\" timestamp=\"{}\">\n    <properties>\n{}    </properties>\n{}  "
      "</testsuite>\n",
      scenario, suite.tests, suite.failures, suite.errors, suite.skipped,
      duration.is_number() ? duration.get<double>() : 0.0, field(document, "started"), properties,
      suite.xml);
}

}  // namespace

std::string junit_xml(const Json& document) {
  return junit_xml(std::vector<Json>{document});
}

std::string junit_xml(const std::vector<Json>& documents) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wandrill\">\n";
  for (const auto& document : documents)
    xml += suite_xml(document);
  return xml + "</testsuites>\n";
}

}  // namespace wandrill
