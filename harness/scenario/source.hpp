// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace wandrill {

/// A text with the name that mistakes are reported under.
struct Source {
  std::string name;
  std::string text;
};

/// Of what a file holds. Throws ConfigError for what is no UTF-8 text.
Source source_of(std::string name, std::string bytes);

/// The only place where this folder touches the world. Throws ConfigError for a file that is
/// missing (with the nearest name of its folder), no ordinary file, longer than kLongestFile, or no
/// UTF-8 text.
Source read_source(const std::string& path);

}  // namespace wandrill
