// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include <fstream>
#include <sstream>

#include "base/error.hpp"

namespace wandrill {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  errno = 0;
  std::ifstream in{path, std::ios::binary};
  if (!in) check(-1, "read {}", path.native());
  std::ostringstream text;
  text << in.rdbuf();
  if (!in && !in.eof()) check(-1, "read {}", path.native());
  return text.str();
}

void write_file(const fs::path& path, const std::string& text) {
  const fs::path draft = path.native() + ".part";
  errno = 0;
  std::ofstream out{draft, std::ios::binary};
  out << text;
  out.close();
  if (!out) {
    const int reason = errno;
    std::error_code ignored;
    fs::remove(draft, ignored);
    errno = reason;
    check(-1, "write {}", path.native());
  }
  fs::rename(draft, path);
}

}  // namespace wandrill
