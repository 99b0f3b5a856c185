// SPDX-License-Identifier: Apache-2.0
#include "cli/helm.hpp"

#include <array>
#include <cerrno>

#include <unistd.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kLongestStep = 64UL * 1024UL;
/// What is longer is no step; its rest must not become one.
constexpr std::size_t kLongestLine = 1UL << 30U;

Json refusal(const ConfigError& error) {
  Json mistakes = Json::array();
  for (const auto& [where, message] : error.mistakes())
    mistakes.push_back(message);
  return {{"type", "refused"}, {"mistakes", mistakes}};
}

}  // namespace

Helm::Helm(SteeredTimeline& timeline, int fd, LiveView& view)
    : timeline_{timeline}, fd_{fd}, view_{view}, cutter_{kLongestLine} {}

void Helm::read() {
  std::array<char, 4096> part{};
  const auto size = ::read(fd_, part.data(), part.size());
  const auto keep = [this](std::string line) {
    if (line.ends_with('\r')) line.pop_back();
    const auto start = line.find_first_not_of(" \t");
    if (start != line.npos && line[start] != '#') lines_.push_back(std::move(line));
  };
  if (size > 0) return cutter_.feed({part.data(), static_cast<std::size_t>(size)}, keep);
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
  cutter_.finish(keep);
  is_at_end_ = true;
}

void Helm::take(const Json& message) {
  const auto& type = message.at("type");
  if (type == "steerable" && !has_begun_) {
    has_begun_ = true;
    begun_ = Clock::now();
  }
  if (type != "stepped" || !is_under_way_) return;
  timeline_.came_at(Nanos{message.at("at").get<std::int64_t>()});
  is_under_way_ = false;
}

Json Helm::next() {
  if (!has_begun_ || is_under_way_ || has_finished_) return nullptr;
  while (!lines_.empty()) {
    const auto line = std::move(lines_.front());
    lines_.pop_front();
    try {
      if (line.size() > kLongestStep) throw ConfigError{{{{"step"}, "a step has at most 64 KiB"}}};
      const auto& step = timeline_.add(line);
      is_under_way_ = true;
      return {{"type", "step"}, {"step", step}};
    } catch (const ConfigError& error) {
      has_refused_ = true;
      view_.show(refusal(error));
    }
  }
  if (!is_at_end_) return nullptr;
  has_finished_ = true;
  timeline_.ended_at(Clock::now() - begun_);
  return {{"type", "finish"}};
}

}  // namespace wandrill
