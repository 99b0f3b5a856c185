// SPDX-License-Identifier: Apache-2.0
#include "refrouter/status.hpp"

#include "base/json.hpp"

namespace wandrill {

std::string done_text() {
  return Json{{"ok", true}}.dump();
}

std::string refusal_text(const std::string& reason) {
  const Json answer{{"ok", false}, {"error", reason}};
  return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string status_text(const RefrouterConfig& config, const Failover& failover) {
  Json wans = Json::array();
  for (std::size_t wan = 0; wan < config.wans.size(); ++wan) {
    const auto& health = failover.wans()[wan];
    wans.push_back({{"wan", config.wans[wan].name},
                    {"up", health.up},
                    {"carrier", health.carrier},
                    {"lost_in_a_row", health.lost},
                    {"answered_in_a_row", health.answered}});
  }
  const Json answer{{"ok", true},
                    {"active", config.wans[failover.active()].name},
                    {"by_hand", failover.is_by_hand()},
                    {"wans", std::move(wans)}};
  return answer.dump();
}

bool is_done(const std::string& answer) {
  const auto parsed = Json::parse(answer, nullptr, false);
  return parsed.is_object() && parsed.value("ok", false);
}

}  // namespace wandrill
