// SPDX-License-Identifier: Apache-2.0
#include "record/journal.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "base/json_line.hpp"

namespace wandrill {

FaultJournal::FaultJournal(const std::filesystem::path& path)
    : file_{path, std::ios::out | std::ios::trunc} {
  if (!file_) throw std::system_error{errno, std::generic_category(), "write " + path.native()};
}

void FaultJournal::write(const JournalEntry& entry) {
  file_ << json_line({{"at_ns", entry.at.time_since_epoch().count()},
                      {"wall", entry.wall},
                      {"act", entry.act},
                      {"fault", entry.fault},
                      {"what", entry.what}})
        << std::flush;
  if (!file_)
    throw std::system_error{errno, std::generic_category(), "write the journal of faults"};
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
  texts.reserve(in_force.size());
  for (const auto* entry : in_force)
    texts.push_back(fmt::format("{} ({})", entry->what, entry->fault));
  return texts;
}

}  // namespace wandrill
