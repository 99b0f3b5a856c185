// SPDX-License-Identifier: Apache-2.0
#include "lab/program_limits.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <unistd.h>

namespace wandrill {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> processes_of_the_cell() {
  const auto self = std::to_string(::getpid());
  std::vector<fs::path> found;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator{"/proc", gone}) {
    const auto name = entry.path().filename().native();
    if (name != self && name.find_first_not_of("0123456789") == std::string::npos)
      found.push_back(entry.path());
  }
  return found;
}

std::string name_of(const fs::path& process) {
  std::ifstream file{process / "comm"};
  std::string name;
  std::getline(file, name);
  return name;
}

std::uint64_t memory_of(const fs::path& process) {
  static const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  std::ifstream file{process / "statm"};
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  return file >> size >> resident ? resident * page : 0;
}

std::string most_frequent_name(const std::vector<fs::path>& processes) {
  std::map<std::string, int> counts;
  for (const auto& process : processes)
    ++counts[name_of(process)];
  const auto most = std::ranges::max_element(
      counts, {}, [](const auto& name_and_count) { return name_and_count.second; });
  return most == counts.end() ? "" : most->first;
}

bool is_full(const char* folder) {
  constexpr std::uint64_t kOneInHundred = 100;
  struct statvfs status {};
  if (::statvfs(folder, &status) != 0 || status.f_blocks == 0) return false;
  return status.f_bfree < status.f_blocks / kOneInHundred ||
         (status.f_files != 0 && status.f_ffree < status.f_files / kOneInHundred);
}

constexpr double kMebibyte = 1024.0 * 1024.0;

}  // namespace

ProgramLimits ProgramLimits::of_this_machine() {
  struct sysinfo info {};
  if (::sysinfo(&info) != 0) return {};
  return {.memory = std::uint64_t{info.totalram} * info.mem_unit / 2};
}

ProgramUse look_at_programs(const ProgramLimits& limits) {
  const auto processes = processes_of_the_cell();
  ProgramUse use{.processes = processes.size()};
  if (use.processes > limits.processes) {
    use.most_of_them = most_frequent_name(processes);
    return use;
  }
  std::uint64_t most = 0;
  for (const auto& process : processes) {
    const auto memory = memory_of(process);
    use.memory += memory;
    if (memory <= most) continue;
    most = memory;
    use.largest = process.native();
  }
  if (!use.largest.empty()) use.largest = name_of(use.largest);
  for (const auto* folder : {"/run", "/tmp"})
    if (is_full(folder)) use.full_folder = folder;
  return use;
}

std::string excess_text(const ProgramUse& use, const ProgramLimits& limits) {
  if (use.processes > limits.processes)
    return fmt::format(
        "the lab's programs have {} processes, most of them called '{}': more than {} are not "
        "allowed",
        use.processes, use.most_of_them, limits.processes);
  if (limits.memory != 0 && use.memory > limits.memory)
    return fmt::format(
        "the lab's programs use {:.0f} MiB of memory, '{}' most of it: more than {:.0f} MiB, half "
        "of this machine's, is not allowed",
        static_cast<double>(use.memory) / kMebibyte, use.largest,
        static_cast<double>(limits.memory) / kMebibyte);
  if (!use.full_folder.empty())
    return fmt::format(
        "the lab's programs have filled {}, which holds a twentieth of this "
        "machine's memory",
        use.full_folder);
  return "";
}

}  // namespace wandrill
