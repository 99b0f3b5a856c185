// SPDX-License-Identifier: Apache-2.0
#include "run/event_log.hpp"

#include <algorithm>

namespace wandrill {
namespace {
constexpr std::size_t kPostsKept = 1000;
}  // namespace

void EventLog::post(const std::string& name, RunInstant at) {
  entries_.push_back({name, at});
  if (entries_.size() > kPostsKept) entries_.pop_front();
}

std::optional<RunInstant> EventLog::first(std::string_view name, RunInstant since) const {
  const auto found = std::ranges::find_if(
      entries_, [&](const Entry& post) { return post.name == name && post.at >= since; });
  return found == entries_.end() ? std::nullopt : std::optional{found->at};
}

std::optional<RunInstant> EventLog::last(std::string_view name) const {
  const auto found = std::find_if(entries_.rbegin(), entries_.rend(),
                                  [&](const Entry& p) { return p.name == name; });
  return found == entries_.rend() ? std::nullopt : std::optional{found->at};
}

}  // namespace wandrill
