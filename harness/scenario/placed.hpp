// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>

#include "base/error.hpp"

namespace wandrill {

/// A value with the place where the user wrote it.
template <typename T>
struct Placed {
  T value{};
  Place place;
};

/// A name and what it stands for, as a map has them.
using PlacedPair = std::pair<Placed<std::string>, Placed<std::string>>;

}  // namespace wandrill
