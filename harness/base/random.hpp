// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace wandrill {

/// A seed for one purpose, derived from the run's seed and the names of what it is for (a link, a
/// direction, an impairment), so that no two purposes share a sequence. FNV-1a over the names, then
/// SplitMix64. The same on every machine.
std::uint64_t derive_seed(std::uint64_t run_seed, std::initializer_list<std::string_view> names);

/// xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64: the same sequence for the same
/// seed on every machine and with every standard library.
class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next();
  /// Uniform in [0, 1), 53 bits.
  double uniform();

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace wandrill
