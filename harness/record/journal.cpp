// SPDX-License-Identifier: Apache-2.0
#include "record/journal.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/json_line.hpp"

namespace wandrill {

FaultJournal::FaultJournal(const std::filesystem::path& path, RunOrigin origin)
    : file_{check(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644),
                  "write {}", path.native())},
      origin_{origin} {}

void FaultJournal::write(std::string_view act, const std::string& fault, const std::string& what) {
  const auto line =
      json_line({{"at_ns", origin_.at(Clock::now()).time_since_epoch().count()},
                 {"wall", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
                 {"act", act},
                 {"fault", fault},
                 {"what", what}});
  check(::write(file_.get(), line.data(), line.size()), "write the journal of faults");
}

std::vector<JournalEntry> read_journal(const std::filesystem::path& path) {
  std::vector<JournalEntry> entries;
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);) {
    const auto json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    entries.push_back({.at = RunTime{Nanos{json.value("at_ns", Nanos::rep{0})}},
                       .wall = json.value("wall", ""),
                       .act = json.value("act", ""),
                       .fault = json.value("fault", ""),
                       .what = json.value("what", "")});
  }
  return entries;
}

std::vector<std::string> in_force_at_end(const std::vector<JournalEntry>& journal) {
  std::vector<const JournalEntry*> in_force;
  for (const auto& entry : journal) {
    if (entry.act == "apply") in_force.push_back(&entry);
    if (entry.act == "restored")
      std::erase_if(in_force, [&](const auto* one) { return one->fault == entry.fault; });
    if (entry.act == "end") in_force.clear();
  }
  std::vector<std::string> texts;
  for (const auto* entry : in_force)
    texts.push_back(fmt::format("{} ({})", entry->what, entry->fault));
  return texts;
}

}  // namespace wandrill
