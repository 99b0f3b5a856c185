// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace re2 {
class RE2;
}

namespace wandrill {

/// A text is no pattern; what() names it and says why.
class PatternError : public MachineError {
 public:
  using MachineError::MachineError;
};

/// A regular expression in RE2's syntax: looking for it takes time in proportion to the text, and
/// stack and memory within limits, whatever the two are. Texts are bytes, of any encoding.
class Pattern {
 public:
  /// Throws PatternError.
  explicit Pattern(const std::string& text);
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  [[nodiscard]] bool search(std::string_view text) const;
  /// What its first group holds, where it is in `text`; "" when it has no group, or an unused one.
  [[nodiscard]] std::optional<std::string> first_group(std::string_view text) const;

 private:
  std::unique_ptr<const re2::RE2> compiled_;
};

/// Why `text` is no pattern, and what to do about it; nothing if it is one.
std::optional<std::string> pattern_mistake(const std::string& text);

}  // namespace wandrill
