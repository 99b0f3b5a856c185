// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// Leaves the calling process, and all that it will ever start, only the capabilities that programs
/// of a lab need within its namespaces, and bars them from gaining others by a program's file:
/// capabilities(7), PR_SET_NO_NEW_PRIVS. `in_user_namespace`: what is given there reaches no
/// further, so mounting and namespaces stay allowed. Safe between fork and exec; false with errno.
bool drop_capabilities(bool in_user_namespace) noexcept;

}  // namespace wandrill
