// SPDX-License-Identifier: Apache-2.0
#include "vm/kernel_image.hpp"

#include <cstring>
#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;
using Catch::Matchers::Contains;

namespace {

/// The head of a bzImage: 3 setup sectors, and 1024 bytes behind them.
std::vector<std::uint8_t> sound() {
  std::vector<std::uint8_t> image(4 * 512 + 1024);
  image[0x1f1] = 3;
  image[0x1f4] = 64;
  image[0x1fe] = 0x55;
  image[0x1ff] = 0xaa;
  std::memcpy(&image[0x202], "HdrS", 4);
  image[0x206] = 0x0f;
  image[0x207] = 0x02;
  image[0x20e] = 0x80;
  image[0x236] = 1;
  std::memcpy(&image[0x280], "6.1.0-56-amd64 (somebody) #1", 29);
  return image;
}

KernelImage inspect(const std::vector<std::uint8_t>& image) {
  return inspect_kernel(image, image.size());
}

}  // namespace

TEST_CASE("A sound kernel tells its release", "[kernel_image]") {
  CHECK(inspect(sound()).mistake.empty());
  CHECK(inspect(sound()).release == "6.1.0-56-amd64");
}

TEST_CASE("A kernel that is cut off anywhere is refused", "[kernel_image]") {
  const auto whole = sound();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const std::vector<std::uint8_t> part(whole.begin(), whole.begin() + static_cast<long>(size));
    INFO(size);
    CHECK_FALSE(inspect(part).mistake.empty());
  }
  auto shorter = whole;
  shorter.pop_back();
  CHECK(inspect(shorter).mistake == "is cut off: it has 3071 of 3072 bytes");
}

TEST_CASE("What is no kernel for this machine is told apart", "[kernel_image]") {
  CHECK(inspect({}).mistake == "is empty");
  std::vector<std::uint8_t> other(4096);
  CHECK_THAT(inspect(other).mistake, Contains("no Linux kernel"));
  std::memcpy(other.data(),
              "\x7f"
              "ELF",
              4);
  CHECK_THAT(inspect(other).mistake, Contains("bzImage"));
  other[18] = 183;
  CHECK(inspect(other).mistake == "is an ELF file for arm64");
  other.assign(4096, 0);
  std::memcpy(&other[56], "ARM\x64", 4);
  CHECK_THAT(inspect(other).mistake, Contains("arm64"));
  other.assign(4096, 0);
  std::memcpy(other.data(), "\x1f\x8b", 2);
  CHECK_THAT(inspect(other).mistake, Contains("gzip"));
  auto small = sound();
  small[0x236] = 0;
  CHECK_THAT(inspect(small).mistake, Contains("32-bit"));
}
