// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "link/choose_engine.hpp"
#include "link/impaired_link.hpp"
#include "link/testing/raw_end.hpp"
#include "link/wire/relay.hpp"

namespace wandrill::testing {

/// Both, where the kernel has netem.
std::vector<Engine> engines();

/// A link with stages, under either engine.
struct StagedLine {
  Rig rig;
  std::optional<Relay> relay;
  std::optional<ImpairedLink> link;
  RawEnd router{rig.router};
  RawEnd isp{rig.isp};

  StagedLine(Engine engine, const std::vector<TrafficFilter>& filters, const Impairment& up = {});
  /// Waits: a bridge and a port that came up just now may take a moment.
  void open() const;
  /// Changes a stage, and checks that it reads back so.
  void change(std::size_t stage, Direction direction, const Impairment& impairment);
};

}  // namespace wandrill::testing
