// SPDX-License-Identifier: Apache-2.0
#include "base/pattern.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

namespace wandrill {

namespace {

/// Of one pattern, with what it remembers of the texts that it met.
constexpr std::int64_t kMostPatternMemory = 8L * 1024L * 1024L;

RE2::Options pattern_options() {
  // Latin-1: logs are bytes, and one that is no UTF-8 must not hide the rest of its line.
  RE2::Options options{RE2::Latin1};
  options.set_max_mem(kMostPatternMemory);
  options.set_log_errors(false);
  return options;
}

bool is_back_reference(const RE2& refused) {
  const auto& part = refused.error_arg();
  return refused.error_code() == RE2::ErrorBadEscape && part.size() == 2 && part[1] >= '1' &&
         part[1] <= '9';
}

/// What RE2 says, or what to do where it knows no such thing at all.
std::string reason_of(const RE2& refused) {
  if (is_back_reference(refused))
    return fmt::format("a pattern cannot refer back to a group ('{}'): write out what stands there",
                       refused.error_arg());
  if (refused.error_code() == RE2::ErrorBadPerlOp)
    return fmt::format("a pattern cannot look ahead or behind ('{}'): match the text there as well",
                       refused.error_arg());
  if (refused.error_code() == RE2::ErrorPatternTooLarge)
    return "it needs too much memory: make its repetitions smaller";
  return refused.error();
}

re2::StringPiece piece_of(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

Pattern::Pattern(const std::string& text)
    : compiled_{std::make_unique<const RE2>(piece_of(text), pattern_options())} {
  if (!compiled_->ok())
    throw PatternError{
        fmt::format("'{}' is no regular expression (RE2): {}", text, reason_of(*compiled_))};
}

Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::search(std::string_view text) const {
  return RE2::PartialMatch(piece_of(text), *compiled_);
}

std::optional<std::string> Pattern::first_group(std::string_view text) const {
  if (compiled_->NumberOfCapturingGroups() == 0)
    return search(text) ? std::optional{std::string{}} : std::nullopt;
  std::string group;
  if (!RE2::PartialMatch(piece_of(text), *compiled_, &group)) return std::nullopt;
  return group;
}

std::optional<std::string> pattern_mistake(const std::string& text) {
  const RE2 compiled{piece_of(text), pattern_options()};
  return compiled.ok() ? std::nullopt : std::optional{reason_of(compiled)};
}

}  // namespace wandrill
