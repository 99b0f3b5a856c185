// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

namespace wandrill {

/// What a wireguard-go of this interface answers to a request over its control socket; nothing if
/// it does not listen yet. Waits for it at most 1 s. Throws MachineError when it answers with an
/// error.
std::optional<std::string> ask_wireguard(const std::string& interface, const std::string& request);

}  // namespace wandrill
