// SPDX-License-Identifier: Apache-2.0
#include "link/testing/staged_line.hpp"

#include "base/testing/catch.hpp"
#include "link/proof/verify.hpp"

namespace wandrill::testing {

using namespace std::chrono_literals;

std::vector<Engine> engines() {
  std::vector<Engine> found{Engine::kWire};
  if (kernel_has_netem()) found.push_back(Engine::kNetem);
  return found;
}

StagedLine::StagedLine(Engine engine, const std::vector<TrafficFilter>& filters,
                       const Impairment& up) {
  if (engine == Engine::kWire) relay.emplace();
  auto settings = rig.settings(up);
  settings.filters = filters;
  link.emplace(rig.slot, settings, engine, relay ? &*relay : nullptr);
  open();
}

void StagedLine::open() const {
  for (const auto deadline = Clock::now() + 5s; Clock::now() < deadline;) {
    router.send({}, 0);
    isp.send({}, 0);
    if (!isp.receive(1, 20ms).empty() && !router.receive(1, 20ms).empty()) break;
  }
  static_cast<void>(isp.receive(1000, 50ms));
  static_cast<void>(router.receive(1000, 50ms));
}

void StagedLine::change(std::size_t stage, Direction direction, const Impairment& impairment) {
  link->change_stage(stage, direction, impairment);
  CHECK(mismatch(impairment, link->read_back_stage(stage, direction)) == "");
}

}  // namespace wandrill::testing
