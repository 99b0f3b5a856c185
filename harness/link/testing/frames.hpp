// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <vector>

#include "link/wire/frame.hpp"

namespace wandrill::testing {

/// Frames without a pool, for tests of what only passes them on.
class Frames {
 public:
  Frame& make(std::uint32_t size = 100, bool is_proof = false) {
    auto& frame = *frames_.emplace_back(std::make_unique<Frame>());
    frame.size = size;
    frame.is_proof = is_proof;
    return frame;
  }

 private:
  std::vector<std::unique_ptr<Frame>> frames_;
};

}  // namespace wandrill::testing
