// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <bit>

namespace wandrill {
namespace {

std::uint64_t split_mix(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

}  // namespace

std::uint64_t derive_seed(std::uint64_t run_seed, std::initializer_list<std::string_view> names) {
  std::uint64_t hash = 0xcbf29ce484222325U ^ run_seed;
  const auto mix = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3U; };
  for (const auto name : names) {
    for (const char c : name)
      mix(static_cast<unsigned char>(c));
    mix(0xff);  // ends a name, so that {"ab", "c"} and {"a", "bc"} differ
  }
  return split_mix(hash);
}

Random::Random(std::uint64_t seed) : state_{} {
  for (auto& word : state_)
    word = split_mix(seed);
}

std::uint64_t Random::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::uniform() {
  return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

}  // namespace wandrill
