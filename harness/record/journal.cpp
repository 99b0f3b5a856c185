// SPDX-License-Identifier: Apache-2.0
#include "record/journal.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "base/json_line.hpp"
#include "base/json_text.hpp"

namespace wandrill {
namespace {

/// "" when it is not there, or no text: a damaged line must not cost the others.
std::string text_of(const Json& entry, const char* key) {
  const auto found = entry.find(key);
  return found != entry.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

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
    const auto json = parse_json(line).value_or(nullptr);
    if (!json.is_object()) continue;
    const auto at = json.value("at_ns", Json{});
    entries.push_back({.at = RunInstant{Nanos{at.is_number_integer() ? at.get<Nanos::rep>() : 0}},
                       .wall = text_of(json, "wall"),
                       .act = text_of(json, "act"),
                       .fault = text_of(json, "fault"),
                       .what = text_of(json, "what")});
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
