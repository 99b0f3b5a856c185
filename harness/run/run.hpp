// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "lab/channel.hpp"
#include "plan/plan.hpp"

namespace wandrill {

class StandingNetwork;

/// Plays a Plan from bring-up to the end, inside a cell. Writes the Recording to `folder`/recording
/// and the router's output to `folder`/router.log; tells its progress over `channel`
/// (run/progress.hpp) and ends early, keeping what was recorded, on {"type": "interrupt"}. Returns
/// the cell's exit status: 0, whatever the network did, or 3 when the machine or the lab failed;
/// the Recording says why.
/// `standing`: what a plan that is attached is played in.
int run_plan(const Plan& plan, const std::filesystem::path& folder, Channel& channel,
             const StandingNetwork* standing = nullptr);

}  // namespace wandrill
