// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace wandrill {

/// What the head of a file that is to be booted says of it.
struct KernelImage {
  std::string release;  ///< "6.1.0-56-amd64", as uname -r; empty: it does not say.
  std::string mistake;  ///< Why it cannot be booted, for a user; empty: it is a bzImage for x86-64.
};

/// How much of a file's start inspect_kernel wants to see, if there is so much.
constexpr std::size_t kKernelHeadSize = 65536;

/// Pure. `size`: of the whole file. The format: Documentation/arch/x86/boot.rst of the kernel.
KernelImage inspect_kernel(std::span<const std::uint8_t> head, std::uint64_t size);

}  // namespace wandrill
