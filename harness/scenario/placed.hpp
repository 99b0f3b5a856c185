// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"

namespace wandrill {

/// A value with the place where the user wrote it.
template <typename T>
struct Placed {
  T value{};
  Place place;
};

}  // namespace wandrill
