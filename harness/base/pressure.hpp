// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/patience.hpp"

namespace wandrill {

/// For how long, since its boot, at least one program of the machine was ready to run and had no
/// processor: `total` of the line `some` of /proc/pressure/cpu (Linux,
/// Documentation/accounting/psi.rst). Zero of any other text.
Nanos parse_pressure(std::string_view text);

/// A look at the clock and the pressure now. The latter stays zero where the kernel tells none
/// (CONFIG_PSI, psi=1).
Patience::Look look_now();

}  // namespace wandrill
