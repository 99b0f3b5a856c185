// SPDX-License-Identifier: Apache-2.0
#include "record/checksums.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "record/packet_format.hpp"

namespace wandrill::packet_format {
namespace {

constexpr std::size_t kChains = 4;
constexpr std::size_t kWord = sizeof(std::uint64_t);

/// A payload on its way: what is left of it, and the sum of what went before.
struct Chain {
  std::size_t payload = 0;
  std::string_view rest;
  std::uint64_t sum = kEmptyChecksum;
};
using Chains = std::array<Chain, kChains>;

std::uint64_t next(std::uint64_t sum, const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, kWord);
  return (sum ^ word) * kChecksumPrime;
}

/// Takes so many words off every chain.
void advance(Chains& chains, std::size_t words) {
  auto& [a, b, c, d] = chains;
  // In registers: the compiler cannot know that the words are not the sums.
  auto sum_a = a.sum, sum_b = b.sum, sum_c = c.sum, sum_d = d.sum;
  for (std::size_t at = 0; at < words * kWord; at += kWord) {
    sum_a = next(sum_a, a.rest.data() + at);
    sum_b = next(sum_b, b.rest.data() + at);
    sum_c = next(sum_c, c.rest.data() + at);
    sum_d = next(sum_d, d.rest.data() + at);
  }
  a.sum = sum_a;
  b.sum = sum_b;
  c.sum = sum_c;
  d.sum = sum_d;
  for (auto& chain : chains)
    chain.rest.remove_prefix(words * kWord);
}

std::size_t words_left(const Chain& chain) {
  return chain.rest.size() / kWord;
}

}  // namespace

std::vector<std::uint64_t> checksums(std::span<const std::string_view> payloads) {
  std::vector<std::uint64_t> sums(payloads.size());
  const auto finish = [&sums](const Chain& chain) {
    sums[chain.payload] = checksum(chain.rest, chain.sum);
  };
  std::size_t begun = 0;
  const auto begin = [&] {
    const auto payload = begun++;
    return Chain{.payload = payload, .rest = payloads[payload]};
  };
  if (payloads.size() < kChains) {
    while (begun < payloads.size())
      finish(begin());
    return sums;
  }
  Chains chains;
  std::ranges::generate(chains, begin);
  for (;;) {
    auto& shortest = *std::ranges::min_element(chains, {}, words_left);
    advance(chains, words_left(shortest));
    if (begun == payloads.size()) break;
    finish(shortest);
    shortest = begin();
  }
  std::ranges::for_each(chains, finish);
  return sums;
}

}  // namespace wandrill::packet_format
