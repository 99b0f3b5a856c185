// SPDX-License-Identifier: Apache-2.0
#include "net/sysctl.hpp"

#include <algorithm>
#include <array>

#include <fcntl.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

std::string path_of(const std::string& name) {
  std::string path = name;
  std::ranges::transform(path, path.begin(), [](char c) {
    return c == '.' ? '/' : c == '/' ? '.' : c;
  });
  return "/proc/sys/" + path;
}

/// /proc/sys/net shows the namespace of the thread that opens it.
void write_here(const std::string& name, const std::string& value) {
  const UniqueFd file{::open(path_of(name).c_str(), O_WRONLY | O_CLOEXEC)};
  check(file.get(), "set {}={}", name, value);
  check(::write(file.get(), value.data(), value.size()), "set {}={}", name, value);
}

}  // namespace

void write_sysctl(const NetNs& ns, const std::string& name, const std::string& value) {
  ns.run([&] { write_here(name, value); });
}

std::string read_sysctl(const NetNs& ns, const std::string& name) {
  return ns.run([&] {
    const UniqueFd file{
        check(::open(path_of(name).c_str(), O_RDONLY | O_CLOEXEC), "read {}", name)};
    std::array<char, 256> value{};
    const auto size = check(::read(file.get(), value.data(), value.size()), "read {}", name);
    std::string text{value.data(), static_cast<std::size_t>(size)};
    if (text.ends_with('\n')) text.pop_back();
    return text;
  });
}

void write_sysctls(const NetNs& ns, std::span<const Sysctl> sysctls) {
  ns.run([&] {
    for (const auto& [name, value] : sysctls)
      write_here(name, value);
  });
}

}  // namespace wandrill
