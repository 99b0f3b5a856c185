// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "base/patience.hpp"

namespace wandrill {

/// What a wireguard-go of this interface answers to a request over its control socket; nothing if
/// it does not listen yet. Blocks for 1 s, or what that is stretched to; then `notify` is told.
/// Throws MachineError when it answers with an error, or not at all.
std::optional<std::string> ask_wireguard(const std::string& interface, const std::string& request,
                                         const Notify& notify);

}  // namespace wandrill
