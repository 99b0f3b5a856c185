// SPDX-License-Identifier: Apache-2.0
#include "measure/index/event_index.hpp"

#include <type_traits>

namespace wandrill {

EventIndex::EventIndex(const std::vector<Event>& events) {
  for (const auto& event : events)
    std::visit(
        [&](const auto& one) {
          using Kind = std::remove_cvref_t<decltype(one)>;
          std::get<std::vector<const Kind*>>(all_).push_back(&one);
          if constexpr (requires { one.session; }) {
            auto& own = by_session_[one.session];
            std::get<std::vector<const Kind*>>(own.by_kind).push_back(&one);
            own.all.push_back(&event);
          }
        },
        event);
}

const EventIndex::OfSession& EventIndex::session_named(std::string_view name) const {
  static const OfSession none;
  const auto found = by_session_.find(name);
  return found == by_session_.end() ? none : found->second;
}

}  // namespace wandrill
