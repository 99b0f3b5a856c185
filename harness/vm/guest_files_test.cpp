// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_files.hpp"

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;
using Catch::Matchers::Contains;

TEST_CASE("A guest is found whole, or it is said what is missing", "[guest_files]") {
  const testing::ScratchFolder scratch;
  const auto& folder = scratch.path();
  CHECK_THROWS_WITH(find_guest_files(folder),
                    Contains("no kernel in " + folder.native()) && Contains("wandrill vm setup"));
  write_file(folder / "complete", "6.1.0-1-amd64\n");
  write_file(folder / "initramfs.gz", "cpio");
  std::filesystem::create_directories(folder / "lib/modules/6.1.0-1-amd64/kernel");
  CHECK_THROWS_WITH(find_guest_files(folder), Contains("vmlinuz is missing or empty"));
  write_file(folder / "vmlinuz", "");
  CHECK_THROWS_WITH(find_guest_files(folder), Contains("vmlinuz is missing or empty"));
  write_file(folder / "vmlinuz", "bzImage");
  CHECK(find_guest_files(folder).release == "6.1.0-1-amd64");
  CHECK(find_guest_files(folder).kernel.filename() == "vmlinuz");
  write_file(folder / "vmlinux", "ELF");
  CHECK(find_guest_files(folder).kernel.filename() == "vmlinux");
}
