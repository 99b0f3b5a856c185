// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "doctor/probes.hpp"
#include "doctor/test_line.hpp"
#include "link/choose_engine.hpp"
#include "link/impaired_link.hpp"
#include "link/netem/slot_bridge.hpp"
#include "link/wire/relay.hpp"
#include "net/netlink.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

constexpr int kDatagrams = 20;
constexpr Nanos kApart = 10ms;
constexpr Nanos kDelay = 5ms;

/// A switch joins two cables, and what is sent arrives.
Tried try_cables() {
  try {
    const TestLine line;
    auto netlink = Netlink::route(line.slot());
    const auto settings = TestLine::settings(0ms);
    bridge_ports(netlink, settings.router_side, settings.isp_side);
    const bool all = line.send(kDatagrams, 1ms).size() == kDatagrams;
    return {.answer = all ? Answer::kYes : Answer::kNo};
  } catch (const std::system_error& error) {
    return judged(error.code().value());
  }
}

/// A delay is asked for, and is there.
Tried try_engine(Engine engine) {
  const TestLine line;
  std::optional<Relay> relay;
  if (engine == Engine::kWire) relay.emplace();
  const ImpairedLink link{line.slot(), TestLine::settings(kDelay), engine,
                          relay ? &*relay : nullptr};
  auto times = line.send(kDatagrams, kApart);
  if (times.size() < kDatagrams)
    return {.answer = Answer::kNo,
            .detail = fmt::format("{} of {} datagrams arrived", times.size(), kDatagrams)};
  std::ranges::sort(times);
  const auto error = times[times.size() / 2] - kDelay;
  const bool is_held = error > -1us;
  return {.answer = is_held ? Answer::kYes : Answer::kNo,
          .detail = fmt::format("a delay of 5 ms was {:.2f} ms late",
                                std::chrono::duration<double, std::milli>(error).count())};
}

Tried try_wire() {
  try {
    return try_engine(Engine::kWire);
  } catch (const std::system_error& error) {
    return judged(error.code().value());
  }
}

Tried try_netem() {
  if (!kernel_has_netem()) return {.answer = Answer::kNo};
  return try_engine(Engine::kNetem);
}

}  // namespace

std::vector<Probe> engine_probes() {
  return {{"cables", try_cables}, {"wire", try_wire}, {"netem", try_netem}};
}

}  // namespace wandrill
