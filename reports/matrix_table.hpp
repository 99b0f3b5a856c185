// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "reports/summary_tables.hpp"

namespace wandrill {

/// What policy lets pass from each sender to each receiver of a matrix: on the first WAN, and what
/// differs later.
SummaryTable matrix_table(const Json& document);

}  // namespace wandrill
