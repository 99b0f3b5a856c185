// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "link/counters.hpp"
#include "plan/impairment.hpp"
#include "plan/traffic_filter.hpp"

namespace wandrill {

class NetNs;
class Relay;

/// How a slot forwards.
enum class Engine : std::uint8_t { kNetem, kWire };

std::string_view to_string(Engine engine);

/// An end of a WAN link, and of its slot.
enum class Side : std::uint8_t { kRouter, kIsp };

std::string_view to_string(Side side);

/// What a slot starts with.
struct LinkSettings {
  std::string wan;          ///< Its name; part of its seeds.
  std::uint64_t seed = 0;   ///< Of the run.
  std::string router_side;  ///< The slot's interface toward the router.
  std::string isp_side;     ///< The slot's interface toward the ISP.
  Impairment up;
  Impairment down;
  /// One stage each, in front of the line; clean at first.
  std::vector<TrafficFilter> filters{};
  /// Of receive_on_one_cpu(): where the kernel takes in frames between stages.
  std::size_t cpu = 0;
};

/// The narrow seam between a WAN link and how its slot forwards. An engine is installed once, when
/// it is constructed; afterwards its impairments are only changed.
class LinkEngine {
 public:
  LinkEngine() = default;
  LinkEngine(const LinkEngine&) = delete;
  LinkEngine& operator=(const LinkEngine&) = delete;
  virtual ~LinkEngine() = default;

  virtual void change(Direction direction, const Impairment& impairment) = 0;
  [[nodiscard]] virtual Impairment read_back(Direction direction) = 0;
  /// What frames that match the filter of this number meet before the line itself.
  virtual void change_stage(std::size_t stage, Direction direction,
                            const Impairment& impairment) = 0;
  [[nodiscard]] virtual Impairment read_back_stage(std::size_t stage, Direction direction) = 0;
  [[nodiscard]] virtual LinkCounters counters(Direction direction) = 0;
  /// A port is going or has gone down: what was on its way to it is lost.
  virtual void flush_toward(Side side) = 0;
  [[nodiscard]] virtual Engine engine() const noexcept = 0;
};

/// `relay` must outlive it.
std::unique_ptr<LinkEngine> make_wire_engine(Relay& relay, const NetNs& slot,
                                             const LinkSettings& settings);
std::unique_ptr<LinkEngine> make_netem_engine(const NetNs& slot, const LinkSettings& settings);

}  // namespace wandrill
