// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace wandrill::testing {

/// Bytes that operator new has given out and that were not given back. Programs that link this
/// have an operator new that counts.
std::size_t live_heap_bytes();

}  // namespace wandrill::testing
