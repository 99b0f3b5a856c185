// SPDX-License-Identifier: Apache-2.0
#include "run/event_board.hpp"

#include <algorithm>

namespace wandrill {
namespace {
constexpr std::size_t kPostsKept = 1000;
}  // namespace

void EventBoard::post(const std::string& name, RunInstant at) {
  posts_.push_back({name, at});
  if (posts_.size() > kPostsKept) posts_.pop_front();
}

std::optional<RunInstant> EventBoard::first(std::string_view name, RunInstant since) const {
  const auto found = std::ranges::find_if(
      posts_, [&](const Post& post) { return post.name == name && post.at >= since; });
  return found == posts_.end() ? std::nullopt : std::optional{found->at};
}

std::optional<RunInstant> EventBoard::last(std::string_view name) const {
  const auto found =
      std::find_if(posts_.rbegin(), posts_.rend(), [&](const Post& p) { return p.name == name; });
  return found == posts_.rend() ? std::nullopt : std::optional{found->at};
}

}  // namespace wandrill
