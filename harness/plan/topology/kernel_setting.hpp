// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace wandrill {

/// Why a router profile may not set this kernel setting, in words that follow its name; empty when
/// it may: settings below net. that each network namespace has for itself (network_namespaces(7),
/// and what Linux 6.18 shows in a new one). `name` as for sysctl(8), "/" for a dot within a part.
std::string objection_to_setting(std::string_view name);

}  // namespace wandrill
