// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <concepts>
#include <type_traits>

namespace wandrill {

/// For visit_fields(): a `Wanted` to be read or written.
template <typename T, typename Wanted>
concept MaybeConst = std::same_as<std::remove_const_t<T>, Wanted>;

}  // namespace wandrill
