// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/traffic_kinds.hpp"

#include <array>
#include <stdexcept>

namespace wandrill {
namespace {

constexpr std::array<std::string_view, 5> kConnectionFates{"survived", "stalled", "reset", "hung",
                                                           "never_recovered"};
constexpr std::array<std::string_view, 4> kSeriesFates{"survived", "stalled", "hung",
                                                       "never_recovered"};

constexpr std::array kKinds{
    KindTraits{.kind = TrafficKind::kRtp, .shape = FlowShape::kSchedule, .has_voice = true},
    KindTraits{.kind = TrafficKind::kProbe, .shape = FlowShape::kSchedule},
    KindTraits{.kind = TrafficKind::kDns,
               .shape = FlowShape::kRequests,
               .real_server = true,
               .fates = kSeriesFates},
    KindTraits{.kind = TrafficKind::kSip,
               .shape = FlowShape::kSchedule,
               .has_voice = true,
               .pauses = true},
    KindTraits{.kind = TrafficKind::kExec,
               .shape = FlowShape::kProgram,
               .has_voice = true,
               .pauses = true},
    KindTraits{.kind = TrafficKind::kBulk, .shape = FlowShape::kVolume},
    KindTraits{.kind = TrafficKind::kWireguard, .shape = FlowShape::kTunnel, .real_server = true},
    KindTraits{.kind = TrafficKind::kOpenvpn, .shape = FlowShape::kTunnel, .real_server = true},
    KindTraits{.kind = TrafficKind::kForbidden, .shape = FlowShape::kAttempts},
    KindTraits{.kind = TrafficKind::kMatrix, .shape = FlowShape::kAttempts},
    KindTraits{
        .kind = TrafficKind::kHttp, .shape = FlowShape::kRequests, .fates = kConnectionFates},
    KindTraits{.kind = TrafficKind::kTcp, .shape = FlowShape::kRequests, .fates = kConnectionFates},
};

}  // namespace

const KindTraits& traits_of(TrafficKind kind) {
  for (const auto& traits : kKinds)
    if (traits.kind == kind) return traits;
  throw std::logic_error{"a kind of traffic without traits"};
}

}  // namespace wandrill
