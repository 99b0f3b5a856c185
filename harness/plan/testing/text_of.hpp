// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "scenario/mistakes.hpp"

namespace wandrill::testing {

/// What is said of mistakes, all of them; empty where there is none.
inline std::string text_of(const Mistakes& mistakes) {
  try {
    mistakes.throw_if_any();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

}  // namespace wandrill::testing
