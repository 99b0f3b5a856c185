// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace wandrill {

/// Columns of the terminal on standard output; of text that goes elsewhere: `otherwise`.
std::size_t terminal_width(std::size_t otherwise);

}  // namespace wandrill
