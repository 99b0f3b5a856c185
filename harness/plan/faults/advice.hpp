// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace wandrill {

/// For a WAN that is dead beyond a link that is up.
inline constexpr std::string_view kAskBeyondTheGateway =
    "Let the health check ask for something beyond the ISP's gateway: the port keeps its link when "
    "the line behind the modem dies.";

}  // namespace wandrill
