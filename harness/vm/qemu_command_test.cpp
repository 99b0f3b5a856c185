// SPDX-License-Identifier: Apache-2.0
#include "vm/qemu_command.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

GuestMachine machine() {
  return {.files = {.kernel = "/g/vmlinuz",
                    .initramfs = "/g/initramfs.gz",
                    .modules = "/g/lib/modules"},
          .run_folder = "/runs/a,b",
          .console = "/runs/a,b/console.log",
          .line = 7};
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

TEST_CASE("The guest may write its run folder, and nothing else of the host", "[qemu]") {
  const auto command = qemu_command(machine());
  CHECK(
      has(command, "local,path=/,mount_tag=host,security_model=none,multidevs=remap,readonly=on"));
  CHECK(has(command, "local,path=/runs/a,,b,mount_tag=run,security_model=none,multidevs=remap"));
  CHECK(has(command, "socket,id=line,fd=7"));
  CHECK_FALSE(has(command, "-netdev"));
}

TEST_CASE("The accelerator chooses the processor", "[qemu]") {
  auto chosen = machine();
  CHECK(has(qemu_command(chosen), "max"));
  chosen.accelerator = Accelerator::kKvm;
  CHECK(has(qemu_command(chosen), "kvm"));
  CHECK(has(qemu_command(chosen), "host"));
}

TEST_CASE("A job's values survive the shell", "[qemu]") {
  CHECK(job_line("RUN_FOLDER", "/runs/it's $HOME") == "RUN_FOLDER='/runs/it'\\''s $HOME'\n");
}
