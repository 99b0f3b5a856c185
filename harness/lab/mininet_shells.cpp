// SPDX-License-Identifier: Apache-2.0
#include "lab/mininet_shells.hpp"

#include <algorithm>
#include <set>

#include <fmt/ranges.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

using namespace std::string_view_literals;

/// Other programs may be told of a network in this form, as we are by --attach.
constexpr auto kOption = "-is"sv;
constexpr auto kTitle = "mininet:"sv;

/// The title that a shell has: the argument behind -is, where that is the last. Empty: none.
std::string_view title_of(std::string_view command) {
  while (!command.empty() && command.back() == '\0')
    command.remove_suffix(1);
  const auto before = command.rfind('\0');
  const bool is_shell =
      before != std::string_view::npos && command.substr(0, before).ends_with(kOption);
  return is_shell ? command.substr(before + 1) : std::string_view{};
}

std::set<pid_t> scripts_of(const std::vector<MininetShell>& shells) {
  std::set<pid_t> scripts;
  for (const auto& shell : shells)
    scripts.insert(shell.script);
  return scripts;
}

void require_each_once(const std::vector<MininetShell>& shells) {
  std::set<std::string_view> names;
  for (const auto& shell : shells)
    if (!names.insert(shell.node).second)
      throw MachineError{
          fmt::format("process {} has two Mininet nodes '{}': stop one of its networks",
                      shell.script, shell.node)};
}

}  // namespace

std::vector<MininetShell> mininet_shells(const std::vector<ProcessEntry>& processes) {
  std::vector<MininetShell> shells;
  for (const auto& process : processes) {
    const auto title = title_of(process.command);
    if (title.starts_with(kTitle) && title.size() > kTitle.size())
      shells.push_back({.node = std::string{title.substr(kTitle.size())},
                        .pid = process.pid,
                        .script = process.parent});
  }
  std::ranges::sort(shells, {}, &MininetShell::pid);
  return shells;
}

std::vector<MininetShell> one_network(std::vector<MininetShell> shells,
                                      std::optional<pid_t> script) {
  if (shells.empty())
    throw MachineError{
        "no Mininet network is running on this machine: start it first, and let it stand "
        "(net.start(), "
        "then CLI(net) or a drill from the script itself)"};
  const auto scripts = scripts_of(shells);
  if (script && !scripts.contains(*script))
    throw MachineError{
        fmt::format("process {} holds no Mininet network; there is one of process {}", *script,
                    fmt::join(scripts, ", "))};
  if (!script && scripts.size() > 1)
    throw MachineError{fmt::format(
        "several Mininet networks are running, of the processes {}: stop all but one, or say "
        "which: --attach mininet:pid={}",
        fmt::join(scripts, ", "), *scripts.begin())};
  std::erase_if(shells,
                [&](const MininetShell& shell) { return script && shell.script != *script; });
  require_each_once(shells);
  return shells;
}

}  // namespace wandrill
