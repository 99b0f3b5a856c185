// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// The text of lab_server.py.
extern const char* const kLabServer;

}  // namespace wandrill
