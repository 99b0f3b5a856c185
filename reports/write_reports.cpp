// SPDX-License-Identifier: Apache-2.0
#include "reports/write_reports.hpp"

#include "base/files.hpp"
#include "reports/junit.hpp"
#include "reports/summary.hpp"

namespace wandrill {

void write_reports(const std::filesystem::path& folder, const Json& document) {
  // What the router's programs said may hold bytes that are not UTF-8: the rendered files hold what
  // result.json holds.
  const auto text = document.dump(2, ' ', false, Json::error_handler_t::replace);
  const auto valid = Json::parse(text);
  write_file(folder / "junit.xml", junit_xml(valid));
  write_file(folder / "summary.md", summary_markdown(valid));
  write_file(folder / "result.json", text + "\n");
}

}  // namespace wandrill
