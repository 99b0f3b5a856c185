// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>

#include "cli/cell_end.hpp"
#include "cli/live_view.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// Whether `wandrill enter` finds its way into the lab; not from outside of a VM.
enum class Entrance : std::uint8_t { kOpen, kClosed };

class Helm;

/// Runs one Plan in a cell of its own, writing the Recording to `folder`/recording, and shows its
/// progress. The first Ctrl-C asks the cell to end and keeps what it recorded; the second kills it.
/// A steered one is told its steps by `helm`. Throws std::system_error when no cell can be made.
CellEnd supervise(const Plan& plan, const std::filesystem::path& folder, LiveView& view,
                  Entrance entrance = Entrance::kOpen, Helm* helm = nullptr);

}  // namespace wandrill
