// SPDX-License-Identifier: Apache-2.0
#include "scenario/mistakes.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace wandrill {
namespace {

/// More than anybody reads; keeps a hostile file from costing time.
constexpr std::size_t kMostMistakes = 100;

}  // namespace

void Mistakes::add_text(const Place& where, std::string message) {
  if (found_.size() > kMostMistakes) return;
  if (found_.size() == kMostMistakes) message = "there are more mistakes; these are the first 100";
  const auto known = [&](const Mistake& mistake) {
    return mistake.where == where && mistake.message == message;
  };
  if (std::ranges::none_of(found_, known)) found_.push_back({where, std::move(message)});
}

void Mistakes::add_all(const ConfigError& error) {
  for (const auto& mistake : error.mistakes())
    add_text(mistake.where, mistake.message);
}

void Mistakes::throw_if_any() const {
  if (found_.empty()) return;
  std::map<std::string, std::size_t> order;
  for (const auto& mistake : found_)
    order.emplace(mistake.where.file, order.size());
  auto sorted = found_;
  std::ranges::stable_sort(sorted, {}, [&](const Mistake& mistake) {
    return std::tuple{order.at(mistake.where.file), mistake.where.line, mistake.where.column};
  });
  throw ConfigError{std::move(sorted)};
}

std::string seen_from(const Place& here, const Place& there) {
  return here.file == there.file ? fmt::format("line {}", there.line) : to_string(there);
}

}  // namespace wandrill
