// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// One line of the journal of faults.
struct JournalEntry {
  RunInstant at;
  std::string wall;   ///< The same instant by the wall clock: ISO 8601 in UTC.
  std::string act;    ///< "apply", "applied", "restore", "restored" or "end".
  std::string fault;  ///< The fault's id; empty for "end".
  std::string what;   ///< In words: "carrier on wan_a".
};

/// What is done to the lab, written down before it is done: journal.jsonl in the run folder. Each
/// line goes to the kernel at once, so it is there however the process ends (it is not forced to
/// the disk: a power cut takes the lab with it).
class FaultJournal {
 public:
  /// Makes the file anew. Throws std::system_error.
  explicit FaultJournal(const std::filesystem::path& path);

  /// Throws std::system_error, a full disk for example.
  void write(const JournalEntry& entry);

 private:
  std::ofstream file_;
};

/// In the order of the file; a line that was cut off is left out. Empty when there is no file.
std::vector<JournalEntry> read_journal(const std::filesystem::path& path);

/// What was in force at the journal's end, in words with the fault's id: "carrier on wan_a (cut)".
/// A fault counts from the moment it was about to be applied until it was restored; nothing is in
/// force after "end".
std::vector<std::string> in_force_at_end(const std::vector<JournalEntry>& journal);

}  // namespace wandrill
