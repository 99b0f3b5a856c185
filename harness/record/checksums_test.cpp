// SPDX-License-Identifier: Apache-2.0
#include "record/checksums.hpp"

#include <string>

#include "base/random.hpp"
#include "base/testing/catch.hpp"
#include "record/packet_format.hpp"

using namespace wandrill;

TEST_CASE("Checksums of many blocks are those of each, whatever their number and their lengths") {
  Random random{7};
  const auto draw = [&](double below) {
    return static_cast<std::size_t>(random.uniform() * below);
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> blocks(draw(12));
    for (auto& block : blocks) {
      block.resize(draw(2) == 0 ? 176 : draw(300));
      for (auto& byte : block)
        byte = static_cast<char>(draw(256));
    }
    const std::vector<std::string_view> payloads(blocks.begin(), blocks.end());
    std::vector<std::uint64_t> each;
    for (const auto& block : blocks)
      each.push_back(packet_format::checksum(block));
    CHECK(packet_format::checksums(payloads) == each);
  }
}
