// SPDX-License-Identifier: Apache-2.0
#include "vm/own_kernel.hpp"

#include <array>
#include <fstream>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "net/child.hpp"
#include "vm/kernel_image.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

constexpr int kLacksDrivers = 4;

[[noreturn]] void refuse(const fs::path& image, const std::string& why) {
  throw ConfigError{{{{.file = "--kernel " + image.native()}, why}}};
}

std::string release_of(const fs::path& image) {
  std::error_code error;
  if (!fs::exists(image, error)) refuse(image, "there is no such file");
  if (!fs::is_regular_file(image, error)) refuse(image, "is no file");
  std::ifstream in{image, std::ios::binary};
  if (!in) refuse(image, "cannot be read by this user (as root: chmod a+r " + image.native() + ")");
  std::vector<std::uint8_t> head(kKernelHeadSize);
  in.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  auto kernel = inspect_kernel(head, fs::file_size(image));
  if (!kernel.mistake.empty()) refuse(image, kernel.mistake);
  if (kernel.release.empty()) refuse(image, "does not say its release");
  return kernel.release;
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// The folder in which lib/modules/<release> stands, with that name, for modprobe(8).
fs::path base_of_modules(const fs::path& image, const std::string& release,
                         const std::optional<fs::path>& wanted) {
  const auto below = fs::path{"lib/modules"} / release;
  if (!wanted) {
    for (const auto& base : {fs::absolute(image).parent_path(), fs::path{"/"}})
      if (is_folder(base / below)) return base;
    refuse(image,
           fmt::format("its modules are neither in {} nor in /{}; --modules FOLDER names them, "
                       "--modules none says that all it needs is built in",
                       (fs::absolute(image).parent_path() / below).native(), below.native()));
  }
  const auto folder = fs::absolute(*wanted).lexically_normal();
  if (is_folder(folder / below)) return folder;
  // Or the folder of the release itself, as it stands below lib/modules.
  const auto own = folder.has_filename() ? folder : folder.parent_path();
  const auto base = own.parent_path().parent_path().parent_path();
  if (own.filename() == release && base / below == own && is_folder(own)) return base;
  refuse(image, fmt::format("{} has no {}, where the modules of this kernel would be",
                            folder.native(), below.native()));
}

/// Runs it to its end; its output.
std::string run_script(const std::vector<std::string>& command, int& status) {
  Child child{ChildSpec{.command = command}};
  std::string output;
  std::optional<int> ended;
  while (!ended) {
    pollfd end{child.pid_fd(), POLLIN, 0};
    ::poll(&end, 1, 100);
    ended = child.poll_status();
    std::array<char, 4096> buffer;
    for (ssize_t size = 0; (size = ::read(child.output_fd(), buffer.data(), buffer.size())) > 0;)
      output.append(buffer.data(), static_cast<std::size_t>(size));
  }
  status = WIFEXITED(*ended) ? WEXITSTATUS(*ended) : -1;
  output.erase(output.find_last_not_of('\n') + 1);
  return output;
}

/// One folder for each kernel that was ever taken: the image's time and size tell them apart.
fs::path cache_of(const fs::path& image, const std::string& release, const fs::path& cache) {
  const auto written = fs::last_write_time(image).time_since_epoch().count();
  return cache / fmt::format("{}-{}-{}", release, fs::file_size(image), written);
}

}  // namespace

GuestFiles prepare_kernel(const OwnKernel& kernel, const fs::path& scripts, const fs::path& cache) {
  const auto release = release_of(kernel.image);
  const auto folder = cache_of(kernel.image, release, cache);
  fs::path base;
  try {
    fs::create_directories(folder);
    if (kernel.modules == fs::path{"none"}) {
      base = folder;
      fs::create_directories(folder / "lib/modules" / release);
    }
  } catch (const fs::filesystem_error& error) {
    throw MachineError{
        fmt::format("make an initramfs in {}: {}; $XDG_CACHE_HOME names another place",
                    folder.native(), error.code().message())};
  }
  if (base.empty()) base = base_of_modules(kernel.image, release, kernel.modules);
  const auto initramfs = folder / "initramfs.gz";
  int status = 0;
  const auto words = run_script(
      {"sh", (scripts / "make_initramfs").native(), release, base.native(), initramfs.native()},
      status);
  if (status == kLacksDrivers) refuse(kernel.image, words);
  if (status != 0) throw MachineError{"make an initramfs for the VM: " + words};
  const auto unpacked = folder / "vmlinux";
  if (!fs::exists(unpacked))
    run_script(
        {"sh", (scripts / "unpack_kernel").native(), kernel.image.native(), unpacked.native()},
        status);
  return {.kernel = fs::exists(unpacked) ? unpacked : fs::canonical(kernel.image),
          .initramfs = initramfs,
          .modules = fs::canonical(base / "lib/modules"),
          .release = release};
}

}  // namespace wandrill
