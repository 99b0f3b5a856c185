// SPDX-License-Identifier: Apache-2.0
#include "sandbox/sandbox_root.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/unique_fd.hpp"
#include "sandbox/change_root.hpp"
#include "sandbox/mount.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

/// More would only take the machine's memory away from the drill.
constexpr const char* kMostWritten = "size=5%,mode=0755";
/// What a program finds in /dev, each as it is on this machine.
constexpr std::array kDevices{"null", "zero", "full", "random", "urandom", "tty", "net/tun"};
constexpr std::array<std::array<const char*, 2>, 5> kDeviceLinks{{{"fd", "/proc/self/fd"},
                                                                  {"stdin", "/proc/self/fd/0"},
                                                                  {"stdout", "/proc/self/fd/1"},
                                                                  {"stderr", "/proc/self/fd/2"},
                                                                  {"ptmx", "pts/ptmx"}}};

class RootBuilder {
 public:
  RootBuilder() {
    fs::create_directory(kSandboxWorkshop);
    mount_tmpfs(kSandboxWorkshop, kMostWritten);
    for (const auto& folder : {root_, layers_})
      fs::create_directory(folder);
    // A root must be a mount of its own.
    bind_mount(root_, root_, Submounts::kWithout);
  }

  void build() {
    for (const auto& entry : fs::directory_iterator{"/"}) {
      const auto& path = entry.path();
      if (entry.is_symlink())
        fs::create_symlink(fs::read_symlink(path), in_root(path));
      else if (entry.is_directory())
        show(path);
    }
    set_read_only(root_, Submounts::kWithout);
  }
  [[nodiscard]] const fs::path& root() const noexcept { return root_; }

 private:
  [[nodiscard]] fs::path in_root(const fs::path& path) const {
    return root_ / path.relative_path();
  }

  void show(const fs::path& folder) {
    fs::create_directory(in_root(folder));
    if (folder == "/dev")
      configure_dev();
    else if (folder == "/proc")
      show_proc();
    else if (folder == "/run" || folder == "/tmp")
      show_private(folder);
    else if (folder == "/sys" || !show_as_layer(folder))
      show_read_only(folder);
  }

  void show_read_only(const fs::path& folder) {
    bind_mount(folder, in_root(folder), Submounts::kWith);
    set_read_only(in_root(folder), Submounts::kWith);
  }

  bool show_as_layer(const fs::path& folder) {
    const auto layer = layers_ / std::to_string(layer_count_++);
    fs::create_directory(layer);
    for (const auto* part : {"upper", "work"})
      fs::create_directory(layer / part);
    keep_owner(folder, layer / "upper");
    if (!mount_overlay(folder, layer / "upper", layer / "work", in_root(folder))) return false;
    // What is mounted further down is not in the layer.
    for (const auto& point : mounts_below(folder))
      if (!fs::is_directory(point) || !show_as_layer(point)) show_read_only(point);
    return true;
  }

  /// The topmost of those that can be seen.
  [[nodiscard]] std::vector<fs::path> mounts_below(const fs::path& folder) const {
    std::vector<fs::path> below;
    for (const auto& point : mount_points_) {
      const auto relative = point.lexically_relative(folder);
      if (relative.empty() || *relative.begin() == ".." || relative == ".") continue;
      std::error_code hidden;
      const bool is_deeper = std::ranges::any_of(below, [&](const fs::path& other) {
        return *point.lexically_relative(other).begin() != "..";
      });
      if (!is_deeper && fs::exists(point, hidden) && fs::exists(in_root(point), hidden))
        below.push_back(point);
    }
    return below;
  }

  /// An upper folder that is new takes the place of the lower one: it must look like it.
  static void keep_owner(const fs::path& from, const fs::path& to) {
    struct stat status {};
    check(::stat(from.c_str(), &status), "look at {}", from.native());
    check(::chmod(to.c_str(), status.st_mode & 07777U), "set the mode of {}", to.native());
    // In a user namespace most owners are nobody there, and cannot be given.
    (void)!::chown(to.c_str(), status.st_uid, status.st_gid);
  }

  /// The cell's own folders are shared with it; what it keeps of this machine there is read-only.
  void show_private(const fs::path& folder) {
    bind_mount(folder, in_root(folder), Submounts::kWithout);
    for (const auto& point : mounts_below(folder))
      show_read_only(point);
  }

  void show_proc() {
    const auto proc = in_root("/proc");
    bind_mount("/proc", proc, Submounts::kWith);
    for (const auto& entry : fs::directory_iterator{"/proc"}) {
      if (!is_of_machine(entry)) continue;
      const auto target = in_root(entry.path());
      bind_mount(target, target, Submounts::kWithout);
      set_read_only(target, Submounts::kWithout);
    }
    const auto net = proc / "sys/net";
    if (!fs::exists(net)) return;
    bind_mount(net, net, Submounts::kWithout);
    set_writable(net);
  }

  /// Not of a process, and something of the machine could be changed by it.
  static bool is_of_machine(const fs::directory_entry& entry) {
    const auto name = entry.path().filename().native();
    if (name.find_first_not_of("0123456789") == std::string::npos || entry.is_symlink())
      return false;
    struct stat status {};
    if (::lstat(entry.path().c_str(), &status) != 0) return false;
    return S_ISDIR(status.st_mode) || (status.st_mode & 0222U) != 0;
  }

  void configure_dev() {
    const auto dev = in_root("/dev");
    mount_tmpfs(dev, kMostWritten);
    for (const auto* folder : {"net", "pts", "shm"})
      fs::create_directory(dev / folder);
    for (const auto* device : kDevices) {
      std::error_code none;
      if (!fs::exists(fs::path{"/dev"} / device, none)) continue;
      write_empty(dev / device);
      bind_mount(fs::path{"/dev"} / device, dev / device, Submounts::kWithout);
    }
    for (const auto& [name, target] : kDeviceLinks)
      fs::create_symlink(target, dev / name);
    check(::mount("wandrill", (dev / "pts").c_str(), "devpts", MS_NOSUID | MS_NOEXEC,
                  "newinstance,ptmxmode=0666,mode=0620"),
          "mount a private /dev/pts");
    mount_tmpfs(dev / "shm", "size=5%,mode=1777");
  }

  static void write_empty(const fs::path& file) {
    const UniqueFd fd{::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)};
    check(fd.get(), "create {}", file.native());
  }

  fs::path root_ = fs::path{kSandboxWorkshop} / "root";
  fs::path layers_ = fs::path{kSandboxWorkshop} / "layers";
  int layer_count_ = 0;
  std::vector<fs::path> mount_points_ = mount_points();
};

}  // namespace

void enter_sandbox_root() {
  RootBuilder builder;
  builder.build();
  change_root(builder.root());
}

}  // namespace wandrill
