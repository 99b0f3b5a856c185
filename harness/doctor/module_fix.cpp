// SPDX-License-Identifier: Apache-2.0
#include "doctor/module_fix.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include "base/files.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kLoad = "modprobe ";

/// "modprobe nft_masq nft_chain_nat, or add --vm": the words between.
std::vector<std::string> modules_in(const std::string& fix) {
  std::istringstream words{fix.substr(kLoad.size(), fix.find(',') - kLoad.size())};
  std::vector<std::string> names;
  for (std::string word; words >> word;)
    names.push_back(word);
  return names;
}

/// modules.dep has a line "kernel/net/sched/sch_netem.ko: …" (or .ko.xz) for each module; what is
/// built in would have worked.
bool has_module(const std::string& dependencies, const std::string& name) {
  auto dashed = name;
  std::ranges::replace(dashed, '_', '-');
  return dependencies.find("/" + name + ".ko") != std::string::npos ||
         dependencies.find("/" + dashed + ".ko") != std::string::npos;
}

}  // namespace

std::string better_fix(const std::string& fix, const fs::path& modules) {
  if (!fix.starts_with(kLoad)) return {};
  std::error_code unreadable;
  if (!fs::exists(modules / "modules.dep", unreadable))
    return fix.ends_with("--vm") ? "add --vm: this kernel has no modules"
                                 : "boot a kernel that has it: this one has no modules";
  const auto dependencies = read_file(modules / "modules.dep");
  const auto names = modules_in(fix);
  if (std::ranges::all_of(names, [&](const auto& name) { return has_module(dependencies, name); }))
    return fix;
  // Ubuntu keeps what a cloud machine seldom needs in a package of its own.
  if (fs::exists("/etc/lsb-release", unreadable))
    return "apt-get install linux-modules-extra-" + modules.filename().native() + ", or add --vm";
  return "add --vm, or boot the distribution's full kernel (linux-image-amd64)";
}

}  // namespace wandrill
