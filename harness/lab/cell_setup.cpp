// SPDX-License-Identifier: Apache-2.0
#include "lab/cell_setup.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/unique_fd.hpp"
#include "net/limits.hpp"
#include "sandbox/change_root.hpp"
#include "sandbox/mount.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 2> kPrivateFolders{"/run", "/tmp"};

bool lies_in(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

bool is_hidden(const fs::path& path) {
  return std::ranges::any_of(kPrivateFolders, [&](const fs::path& folder) {
    return path != folder && lies_in(path, folder);
  });
}

void write_map(const char* file, const std::string& text) {
  const UniqueFd fd{check(::open(file, O_WRONLY | O_CLOEXEC), "open {}", file)};
  check(::write(fd.get(), text.data(), text.size()), "write {}", file);
}

void map_user_to_root(uid_t uid, gid_t gid) {
  write_map("/proc/self/setgroups", "deny");
  write_map("/proc/self/uid_map", fmt::format("0 {} 1", uid));
  write_map("/proc/self/gid_map", fmt::format("0 {} 1", gid));
}

struct Opened {
  fs::path path;
  UniqueFd fd;
  bool is_writable = false;
};

/// Descriptors of the places, taken before the tmpfs hides some of them.
std::vector<Opened> open_places(const CellPlaces& places) {
  std::vector<Opened> opened;
  const auto take = [&](const fs::path& path, bool is_writable) {
    UniqueFd fd{check(::open(path.c_str(), O_PATH | O_CLOEXEC | (is_writable ? O_DIRECTORY : 0)),
                      "open {}", path.native())};
    opened.push_back({path, std::move(fd), is_writable});
  };
  for (const auto& path : places.visible)
    if (is_hidden(path)) take(path, false);
  for (const auto& path : places.writable)
    take(path, true);
  return opened;
}

/// A folder or a file to mount on.
void make_place_like(const UniqueFd& fd, const fs::path& path) {
  struct stat status {};
  check(::fstat(fd.get(), &status), "look at {}", path.native());
  if (S_ISDIR(status.st_mode)) {
    fs::create_directories(path);
    return;
  }
  fs::create_directories(path.parent_path());
  const UniqueFd file{check(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644), "create {}",
                            path.native())};
}

void show_places(const std::vector<Opened>& places) {
  for (const auto& [path, fd, is_writable] : places) {
    if (is_hidden(path)) make_place_like(fd, path);
    bind_mount(fmt::format("/proc/self/fd/{}", fd.get()), path, Submounts::kWith);
    if (is_writable) set_writable(path);
  }
}

void isolate_mounts() {
  check(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr),
        "make the cell's mounts private");
  set_read_only("/", Submounts::kWith);
}

/// What is mounted in the cell must not reach the host, and what is written in it must not, either.
/// In a chroot "/" is no mount, and only of mounts can this be said: says it from the top, and
/// comes back.
void isolate_mounts_also_in_chroot() {
  const auto mounts = mount_points();
  if (std::ranges::find(mounts, fs::path{"/"}) != mounts.end()) {
    isolate_mounts();
    return;
  }
  const auto cwd = fs::current_path();
  const UniqueFd root{
      check(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC), "open the root of the chroot")};
  climb_to_the_top();
  isolate_mounts();
  check(::fchdir(root.get()), "enter the chroot again");
  check(::chroot("."), "enter the chroot again");
  check(::chdir(cwd.c_str()), "enter {}", cwd.native());
}

}  // namespace

fs::path place_of(const fs::path& file) {
  auto whole = fs::weakly_canonical(fs::absolute(file));
  const auto folder = whole.parent_path();
  const bool is_private = std::ranges::find(kPrivateFolders, folder) != kPrivateFolders.end();
  return is_private ? whole : folder;
}

CellPlaces resolved(const CellPlaces& places) {
  CellPlaces result;
  for (const auto& path : places.writable)
    result.writable.push_back(fs::weakly_canonical(fs::absolute(path)));
  for (const auto& path : places.visible)
    result.visible.push_back(fs::weakly_canonical(fs::absolute(path)));
  return result;
}

void enter_namespaces() {
  int flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC;
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  if (uid == 0) {
    check_unshare(::unshare(flags), flags,
                  "create the cell's namespaces as root (in a container, give it CAP_SYS_ADMIN)");
    return;
  }
  flags |= CLONE_NEWUSER;
  check_unshare(
      ::unshare(flags), flags,
      "create the cell's namespaces as an ordinary user (allow it with 'sysctl -w "
      "kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000', on Ubuntu also "
      "'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0', or run as root; in a chroot "
      "only root can)");
  map_user_to_root(uid, gid);
}

void configure_cell(const CellPlaces& places) {
  isolate_mounts_also_in_chroot();
  check(::mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr),
        "mount the cell's /proc (in a container, run it with an unmasked /proc)");
  const auto cwd = fs::current_path();
  const auto opened = open_places(places);
  mount_tmpfs("/run", "size=5%,mode=0755");
  mount_tmpfs("/tmp", "size=5%,mode=1777");
  show_places(opened);
  // Entered anew: the old working directory may be one that the tmpfs hid.
  if (::chdir(cwd.c_str()) != 0) check(::chdir("/"), "enter /");
  constexpr std::string_view kHostName = "wandrill";
  check(::sethostname(kHostName.data(), kHostName.size()), "name the cell's host");
}

}  // namespace wandrill
