// SPDX-License-Identifier: Apache-2.0
#include "vm/kernel_image.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

namespace wandrill {
namespace {

using Head = std::span<const std::uint8_t>;

constexpr std::size_t kSetupSectors = 0x1f1;
constexpr std::size_t kSystemSize = 0x1f4;
constexpr std::size_t kBootFlag = 0x1fe;
constexpr std::size_t kHeaderMagic = 0x202;
constexpr std::size_t kProtocol = 0x206;
constexpr std::size_t kVersionOffset = 0x20e;
constexpr std::size_t kLoadFlags = 0x236;
constexpr std::size_t kHeaderEnd = 0x264;
constexpr std::uint16_t kBootMagic = 0xaa55;
constexpr std::uint16_t kProtocolWithLoadFlags = 0x020c;
constexpr std::uint16_t kIs64Bit = 1;
constexpr std::uint64_t kSector = 512;

template <typename Value>
Value read(Head head, std::size_t offset) {
  Value value{};
  if (offset + sizeof value <= head.size()) std::memcpy(&value, head.data() + offset, sizeof value);
  return value;
}

bool has(Head head, std::size_t offset, std::string_view bytes) {
  return offset + bytes.size() <= head.size() &&
         std::equal(bytes.begin(), bytes.end(), head.begin() + static_cast<std::ptrdiff_t>(offset),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

/// What it is instead of a bzImage, if it is a thing that people take for one.
std::string other_thing(Head head) {
  constexpr std::size_t kMachine = 18;
  constexpr std::uint16_t kArm64 = 183;
  constexpr std::size_t kArm64Magic = 56;
  if (has(head, 0,
          "\x7f"
          "ELF")) {
    if (read<std::uint16_t>(head, kMachine) == kArm64) return "is an ELF file for arm64";
    return "is an ELF file (vmlinux?); what boots is the bzImage, as in /boot/vmlinuz-…";
  }
  if (has(head, kArm64Magic, "ARM\x64")) return "is a kernel for arm64; the VM is x86-64";
  if (has(head, 0, "\x1f\x8b"))
    return "is a gzip file: an initramfs, or a kernel for another machine";
  if (has(head, 0, "MZ") && !has(head, kHeaderMagic, "HdrS"))
    return "is an EFI program, but no Linux kernel for x86-64";
  return "is no Linux kernel (bzImage) for x86-64";
}

std::string first_word(Head head, std::size_t offset) {
  std::string word;
  for (; offset < head.size() && head[offset] > ' ' && word.size() < 100; ++offset)
    word += static_cast<char>(head[offset]);
  return word;
}

}  // namespace

KernelImage inspect_kernel(Head head, std::uint64_t size) {
  if (size == 0) return {.mistake = "is empty"};
  if (read<std::uint16_t>(head, kBootFlag) != kBootMagic || !has(head, kHeaderMagic, "HdrS"))
    return {.mistake = other_thing(head)};
  if (size < kHeaderEnd) return {.mistake = fmt::format("is cut off: it has {} bytes", size)};
  const std::uint64_t sectors = std::max<unsigned>(head[kSetupSectors], 1);
  const auto whole =
      (sectors + 1) * kSector + std::uint64_t{read<std::uint32_t>(head, kSystemSize)} * 16;
  if (size < whole)
    return {.mistake = fmt::format("is cut off: it has {} of {} bytes", size, whole)};
  if (read<std::uint16_t>(head, kProtocol) < kProtocolWithLoadFlags ||
      (read<std::uint16_t>(head, kLoadFlags) & kIs64Bit) == 0)
    return {
        .mistake =
            "is a kernel for 32-bit x86; the VM runs this machine's programs, which are x86-64"};
  const auto version = read<std::uint16_t>(head, kVersionOffset);
  if (version == 0) return {};
  return {.release = first_word(head, kSector + version)};
}

}  // namespace wandrill
