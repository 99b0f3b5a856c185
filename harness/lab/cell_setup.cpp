// SPDX-License-Identifier: Apache-2.0
#include "lab/cell_setup.hpp"

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

namespace wandrill {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 2> kPrivateFolders{"/run", "/tmp"};

bool lies_in(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
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

void mount_tmpfs(const char* folder, const char* mode) {
  check(::mount("wandrill", folder, "tmpfs", MS_NOSUID | MS_NODEV, mode), "mount a private {}",
        folder);
}

/// Descriptors of the kept folders, taken before the tmpfs hides them.
std::vector<std::pair<fs::path, UniqueFd>> open_kept(const CellPlaces& places) {
  std::vector<std::pair<fs::path, UniqueFd>> opened;
  for (const auto& path : places.kept)
    opened.emplace_back(path, UniqueFd{check(::open(path.c_str(), O_PATH | O_CLOEXEC | O_DIRECTORY),
                                             "open {}", path.native())});
  return opened;
}

void show_kept(const std::vector<std::pair<fs::path, UniqueFd>>& kept) {
  for (const auto& [path, fd] : kept) {
    fs::create_directories(path);
    const auto source = fmt::format("/proc/self/fd/{}", fd.get());
    check(::mount(source.c_str(), path.c_str(), nullptr, MS_BIND | MS_REC, nullptr),
          "keep {} visible in the cell", path.native());
  }
}

bool is_same_folder(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/// Leaves a chroot: from a working directory outside of the root, ".." leads on to the top
/// (chroot(2)). The root is there, too, afterwards.
void climb_to_the_top() {
  check(::chdir("/"), "enter /");
  check(::chroot("/proc"), "leave the chroot");
  struct stat here {};
  struct stat above {};
  do {
    check(::stat(".", &here), "leave the chroot");
    check(::chdir(".."), "leave the chroot");
    check(::stat(".", &above), "leave the chroot");
  } while (!is_same_folder(here, above));
  check(::chroot("."), "leave the chroot");
}

/// What is mounted in the cell must not reach the host. In a chroot "/" is no mount, and only of
/// mounts can this be said: says it from the top, and comes back.
void make_mounts_private() {
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) return;
  if (errno != EINVAL) check(-1, "make the cell's mounts private");
  const auto cwd = fs::current_path();
  const UniqueFd root{
      check(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC), "open the root of the chroot")};
  climb_to_the_top();
  check(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr),
        "make the cell's mounts private");
  check(::fchdir(root.get()), "enter the chroot again");
  check(::chroot("."), "enter the chroot again");
  check(::chdir(cwd.c_str()), "enter {}", cwd.native());
}

}  // namespace

CellPlaces places_to_keep(const std::vector<fs::path>& wanted) {
  CellPlaces places;
  for (const auto& path : wanted) {
    const auto full = fs::weakly_canonical(fs::absolute(path));
    for (const auto* folder : kPrivateFolders)
      if (lies_in(full, folder) && full != folder) places.kept.push_back(full);
  }
  return places;
}

void enter_namespaces() {
  int flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC;
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  if (uid == 0) {
    check(::unshare(flags),
          "create the cell's namespaces as root (in a container, give it CAP_SYS_ADMIN)");
    return;
  }
  check(::unshare(flags | CLONE_NEWUSER),
        "create the cell's namespaces as an ordinary user (allow it with 'sysctl -w "
        "kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000', on Ubuntu also "
        "'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0', or run as root; in a chroot "
        "only root can)");
  map_user_to_root(uid, gid);
}

void furnish_cell(const CellPlaces& places) {
  make_mounts_private();
  check(::mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr),
        "mount the cell's /proc (in a container, run it with an unmasked /proc)");
  const auto cwd = fs::current_path();
  const auto kept = open_kept(places);
  mount_tmpfs("/run", "mode=0755");
  mount_tmpfs("/tmp", "mode=1777");
  show_kept(kept);
  // Entered anew: the old working directory may be one that the tmpfs hid.
  if (::chdir(cwd.c_str()) != 0) check(::chdir("/"), "enter /");
  constexpr std::string_view kHostName = "wandrill";
  check(::sethostname(kHostName.data(), kHostName.size()), "name the cell's host");
}

}  // namespace wandrill
