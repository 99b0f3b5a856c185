// SPDX-License-Identifier: Apache-2.0
#include "sandbox/mount.hpp"

#include <fstream>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "base/error.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

/// What a mount has now, in the words of mount(2): an ordinary user may not take these away.
unsigned long flags_of(const fs::path& mounted) {
  struct statvfs status {};
  check(::statvfs(mounted.c_str(), &status), "look at {}", mounted.native());
  unsigned long flags = 0;
  for (const auto& [shown, wanted] : {std::pair{ST_NOSUID, MS_NOSUID},
                                      {ST_NODEV, MS_NODEV},
                                      {ST_NOEXEC, MS_NOEXEC},
                                      {ST_NOATIME, MS_NOATIME},
                                      {ST_NODIRATIME, MS_NODIRATIME},
                                      {ST_RELATIME, MS_RELATIME}})
    if ((status.f_flag & static_cast<unsigned long>(shown)) != 0)
      flags |= static_cast<unsigned long>(wanted);
  return flags;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// Before Linux 5.12: one mount at a time.
void remount(const fs::path& target, Submounts submounts, unsigned long access) {
  for (const auto& point : mount_points()) {
    if (point != target && !(submounts == Submounts::kWith && lies_in(point, target))) continue;
    const auto flags = flags_of(point) | MS_REMOUNT | MS_BIND | access;
    check(::mount(nullptr, point.c_str(), nullptr, flags, nullptr), "change how {} is mounted",
          point.native());
  }
}

/// "\040" stands for a space, and so on.
std::string unescaped(const std::string& text) {
  constexpr std::size_t kDigits = 3;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + kDigits >= text.size()) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(std::stoi(text.substr(i + 1, kDigits), nullptr, 8));
    i += kDigits;
  }
  return plain;
}

/// A comma or a colon within a path would end it in overlay's options.
std::string escaped(const fs::path& path) {
  std::string text;
  for (const char octet : path.native()) {
    if (octet == ',' || octet == ':' || octet == '\\') text += '\\';
    text += octet;
  }
  return text;
}

}  // namespace

void mount_tmpfs(const fs::path& target, const std::string& options) {
  check(::mount("wandrill", target.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()),
        "mount a private {}", target.native());
}

void bind_mount(const fs::path& source, const fs::path& target, Submounts submounts) {
  unsigned long flags = MS_BIND;
  if (submounts == Submounts::kWith) flags |= MS_REC;
  check(::mount(source.c_str(), target.c_str(), nullptr, flags, nullptr), "show {} at {}",
        source.native(), target.native());
}

void set_read_only(const fs::path& target, Submounts submounts) {
  mount_attr attributes{.attr_set = MOUNT_ATTR_RDONLY};
  const unsigned flags = submounts == Submounts::kWith ? AT_RECURSIVE : 0U;
  if (::mount_setattr(AT_FDCWD, target.c_str(), flags, &attributes, sizeof attributes) == 0) return;
  if (errno != ENOSYS) check(-1, "make {} read-only", target.native());
  remount(target, submounts, MS_RDONLY);
}

void set_writable(const fs::path& target) {
  mount_attr attributes{.attr_clr = MOUNT_ATTR_RDONLY};
  if (::mount_setattr(AT_FDCWD, target.c_str(), 0, &attributes, sizeof attributes) == 0) return;
  if (errno != ENOSYS) check(-1, "make {} writable", target.native());
  remount(target, Submounts::kWithout, 0);
}

bool mount_overlay(const fs::path& lower, const fs::path& upper, const fs::path& work,
                   const fs::path& target) {
  const auto options = fmt::format("lowerdir={},upperdir={},workdir={}", escaped(lower),
                                   escaped(upper), escaped(work));
  const auto try_with = [&](const std::string& all) {
    return ::mount("wandrill", target.c_str(), "overlay", MS_NOSUID | MS_NODEV, all.c_str()) == 0;
  };
  // An ordinary user may not write the attributes that the kernel marks folders with otherwise.
  return try_with(options) || try_with(options + ",userxattr");
}

std::vector<fs::path> mount_points() {
  constexpr int kBeforeMountPoint = 4;
  std::ifstream file{"/proc/self/mountinfo"};
  std::vector<fs::path> points;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words{line};
    std::string word;
    for (int i = 0; i <= kBeforeMountPoint; ++i)
      words >> word;
    points.emplace_back(unescaped(word));
  }
  return points;
}

}  // namespace wandrill
