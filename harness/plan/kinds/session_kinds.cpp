// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/session_kinds.hpp"

#include <algorithm>
#include <stdexcept>

namespace wandrill {

extern const SessionKind kRtpKind;
extern const SessionKind kSipKind;
extern const SessionKind kExecKind;
extern const SessionKind kProbeKind;
extern const SessionKind kTcpKind;
extern const SessionKind kHttpKind;
extern const SessionKind kDnsKind;
extern const SessionKind kBulkKind;
extern const SessionKind kWireguardKind;
extern const SessionKind kOpenvpnKind;
extern const SessionKind kForbiddenKind;
extern const SessionKind kMatrixKind;
extern const SessionKind kPingKind;

namespace {

constexpr std::array kKinds{&kRtpKind,       &kSipKind,     &kExecKind,      &kProbeKind,
                            &kTcpKind,       &kHttpKind,    &kDnsKind,       &kBulkKind,
                            &kWireguardKind, &kOpenvpnKind, &kForbiddenKind, &kMatrixKind,
                            &kPingKind};

}  // namespace

bool SessionKind::has(const MetricInfo& metric) const {
  return std::ranges::any_of(metrics, [&](const MetricList& part) {
    return std::ranges::find(part, &metric) != part.end();
  });
}

std::span<const SessionKind* const> session_kinds() {
  return kKinds;
}

const SessionKind& traits_of(TrafficKind kind) {
  const auto found = std::ranges::find(kKinds, kind, &SessionKind::kind);
  if (found == kKinds.end()) throw std::logic_error{"a kind of session without a row"};
  return **found;
}

std::string_view word_of(TrafficKind kind) {
  return traits_of(kind).word;
}

std::optional<TrafficKind> parse_kind(std::string_view word) {
  const auto found = std::ranges::find(kKinds, word, &SessionKind::word);
  return found == kKinds.end() ? std::nullopt : std::optional{(*found)->kind};
}

}  // namespace wandrill
