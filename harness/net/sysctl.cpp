// SPDX-License-Identifier: Apache-2.0
#include "net/sysctl.hpp"

#include <algorithm>

#include <fcntl.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

/// /proc/sys/net shows the namespace of the thread that opens it.
void write_here(const std::string& name, const std::string& value) {
  std::string path = name;
  std::ranges::transform(path, path.begin(), [](char c) {
    return c == '.' ? '/' : c == '/' ? '.' : c;
  });
  path.insert(0, "/proc/sys/");
  const UniqueFd file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  check(file.get(), "set {}={}", name, value);
  check(::write(file.get(), value.data(), value.size()), "set {}={}", name, value);
}

}  // namespace

void write_sysctl(const NetNs& ns, const std::string& name, const std::string& value) {
  ns.run([&] { write_here(name, value); });
}

void write_sysctls(const NetNs& ns, std::span<const Sysctl> sysctls) {
  ns.run([&] {
    for (const auto& [name, value] : sysctls)
      write_here(name, value);
  });
}

}  // namespace wandrill
