// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "record/events.hpp"

namespace wandrill {

/// The events of a recording by kind and by session, each list in the recording's order. Points
/// into `events`, which outlive it.
class EventIndex {
 public:
  explicit EventIndex(const std::vector<Event>& events);

  /// All of one kind.
  template <typename Kind>
  [[nodiscard]] std::span<const Kind* const> of() const {
    return std::get<std::vector<const Kind*>>(all_);
  }
  /// Those of one kind that are of a session.
  template <typename Kind>
  [[nodiscard]] std::span<const Kind* const> of(std::string_view session) const {
    return std::get<std::vector<const Kind*>>(session_named(session).by_kind);
  }
  /// Those of a session, of every kind.
  [[nodiscard]] std::span<const Event* const> of_session(std::string_view session) const {
    return session_named(session).all;
  }

 private:
  template <typename Kinds>
  struct ListsOf;
  template <typename... Kinds>
  struct ListsOf<std::variant<Kinds...>> {
    using Type = std::tuple<std::vector<const Kinds*>...>;
  };
  using Lists = ListsOf<Event>::Type;
  struct OfSession {
    Lists by_kind;
    std::vector<const Event*> all;
  };
  [[nodiscard]] const OfSession& session_named(std::string_view name) const;

  Lists all_;
  std::map<std::string, OfSession, std::less<>> by_session_;
};

}  // namespace wandrill
