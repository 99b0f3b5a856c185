// SPDX-License-Identifier: Apache-2.0
#include "net/sysctl.hpp"

#include <algorithm>

#include <fcntl.h>

#include "base/error.hpp"

namespace wandrill {

void write_sysctl(const NetNs& ns, const std::string& name, const std::string& value) {
  std::string path = name;
  std::ranges::transform(path, path.begin(), [](char c) {
    return c == '.' ? '/' : c == '/' ? '.' : c;
  });
  path.insert(0, "/proc/sys/");
  // /proc/sys/net shows the namespace of the thread that opens it.
  const UniqueFd file{ns.run([&] { return ::open(path.c_str(), O_WRONLY | O_CLOEXEC); })};
  check(file.get(), "set {}={}", name, value);
  check(::write(file.get(), value.data(), value.size()), "set {}={}", name, value);
}

}  // namespace wandrill
