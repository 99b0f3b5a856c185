// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/scratch_folder.hpp"

namespace wandrill::testing {

/// An empty folder for one test.
class ScratchFolder : public wandrill::ScratchFolder {
 public:
  ScratchFolder() : wandrill::ScratchFolder{"wandrill-test"} {}
};

}  // namespace wandrill::testing
