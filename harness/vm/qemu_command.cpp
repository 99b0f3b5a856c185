// SPDX-License-Identifier: Apache-2.0
#include "vm/qemu_command.hpp"

#include <fmt/format.h>

namespace wandrill {
namespace {

/// QEMU takes a comma within a value doubled.
std::string escaped(const std::filesystem::path& path) {
  std::string text;
  for (const char letter : path.native())
    text.append(letter == ',' ? 2 : 1, letter);
  return text;
}

std::string share(const std::filesystem::path& path, std::string_view tag, bool writable) {
  return fmt::format("local,path={},mount_tag={},security_model=none,multidevs=remap{}",
                     escaped(path), tag, writable ? "" : ",readonly=on");
}

}  // namespace

std::string_view to_string(Accelerator accelerator) {
  return accelerator == Accelerator::kKvm ? "kvm" : "tcg";
}

std::vector<std::string> qemu_command(const GuestMachine& machine) {
  const bool is_kvm = machine.accelerator == Accelerator::kKvm;
  return {"qemu-system-x86_64",
          "-nodefaults",
          "-no-user-config",
          "-nographic",
          "-no-reboot",
          "-accel",
          is_kvm ? "kvm" : "tcg,thread=multi",
          "-cpu",
          is_kvm ? "host" : "max",
          "-smp",
          fmt::format("{}", machine.cpus),
          "-m",
          fmt::format("{}", machine.memory_mib),
          "-kernel",
          machine.files.kernel.native(),
          "-initrd",
          machine.files.initramfs.native(),
          "-append",
          "console=ttyS0 quiet panic=-1",
          "-serial",
          fmt::format("file:{}", machine.console.native()),
          "-virtfs",
          share("/", "host", false),
          "-virtfs",
          share(machine.run_folder, "run", true),
          "-chardev",
          fmt::format("socket,id=line,fd={}", machine.line),
          "-device",
          "virtio-serial-pci",
          "-device",
          "virtserialport,chardev=line,name=wandrill"};
}

std::string job_line(std::string_view name, std::string_view value) {
  std::string text{name};
  text += "='";
  for (const char letter : value)
    text += letter == '\'' ? std::string{"'\\''"} : std::string{letter};
  return text + "'\n";
}

}  // namespace wandrill
