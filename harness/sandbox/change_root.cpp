// SPDX-License-Identifier: Apache-2.0
#include "sandbox/change_root.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/unique_fd.hpp"

namespace wandrill {
namespace {

bool is_same_folder(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace

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

void change_root(const std::filesystem::path& root) {
  const UniqueFd folder{
      check(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC), "open {}", root.native())};
  climb_to_the_top();
  check(::fchdir(folder.get()), "enter {}", root.native());
  // Not pivot_root(2), which the root of an initramfs does not bear.
  check(::mount(".", "/", nullptr, MS_MOVE, nullptr), "put {} in the place of /", root.native());
  check(::chroot("."), "make {} the root", root.native());
}

}  // namespace wandrill
