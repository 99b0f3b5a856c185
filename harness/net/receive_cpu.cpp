// SPDX-License-Identifier: Apache-2.0
#include "net/receive_cpu.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <net/if.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

/// The calling thread's network namespace as sysfs shows it, mounted nowhere; nothing where that
/// is not allowed.
UniqueFd open_sysfs() {
  const UniqueFd context{::fsopen("sysfs", FSOPEN_CLOEXEC)};
  if (!context || ::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0)
    return {};
  return UniqueFd{::fsmount(context.get(), FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID)};
}

UniqueFd open_mask(const std::string& interface, int flags) {
  if (::if_nametoindex(interface.c_str()) == 0) check(-1, "find interface {}", interface);
  const auto sysfs = open_sysfs();
  if (!sysfs) return {};
  const auto path = fmt::format("class/net/{}/queues/rx-0/rps_cpus", interface);
  return UniqueFd{::openat(sysfs.get(), path.c_str(), flags | O_CLOEXEC)};
}

std::size_t nth_usable_cpu(std::size_t nth) {
  cpu_set_t usable;
  CPU_ZERO(&usable);
  check(::sched_getaffinity(0, sizeof usable, &usable), "ask which CPUs are usable");
  std::vector<std::size_t> cpus;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(cpu, &usable)) cpus.push_back(cpu);
  return cpus.at(nth % cpus.size());
}

/// In groups of 32 bits, as bitmap_parse of the kernel reads it: "4,00000000".
std::string mask_of(std::size_t cpu) {
  constexpr std::size_t kGroup = 32;
  auto mask = fmt::format("{:x}", 1U << (cpu % kGroup));
  for (std::size_t group = 0; group < cpu / kGroup; ++group)
    mask += ",00000000";
  return mask;
}

}  // namespace

bool receive_on_one_cpu(std::initializer_list<Port> ports, std::size_t nth) {
  const auto mask = mask_of(nth_usable_cpu(nth));
  return std::ranges::all_of(ports, [&](const Port& port) {
    return port.ns.run([&] {
      const auto file = open_mask(port.interface, O_WRONLY);
      return file && ::write(file.get(), mask.data(), mask.size()) > 0;
    });
  });
}

std::string receive_cpus(const Port& port) {
  return port.ns.run([&]() -> std::string {
    const auto file = open_mask(port.interface, O_RDONLY);
    std::array<char, 512> text{};
    const auto size = file ? ::read(file.get(), text.data(), text.size()) : 0;
    if (size <= 1) return {};
    const std::string mask{text.data(), static_cast<std::size_t>(size) - 1};
    return mask.substr(std::min(mask.find_first_not_of("0,"), mask.size() - 1));
  });
}

}  // namespace wandrill
