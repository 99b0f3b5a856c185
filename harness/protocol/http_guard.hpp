// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wandrill {

/// The longest head of a message, its empty line included.
inline constexpr std::size_t kMostHttpHead = 8192;

/// Stands before the HTTP library: holds a message back until its head is whole and has nothing in
/// it that neither end of ours ever sends, then lets that message through, and no byte behind it.
class HttpGuard {
 public:
  enum class Kind { kRequest, kAnswer };
  /// Messages with a body of more than `most_body` bytes are refused.
  HttpGuard(Kind kind, std::size_t most_body) : kind_{kind}, most_body_{most_body} {}

  /// Takes bytes of the connection, in pieces of any size.
  void feed(std::string_view bytes) { pending_.append(bytes); }
  /// What the library may read now of the message; nothing before its head has been looked at.
  std::string_view readable();
  /// It has read so many of them.
  void take(std::size_t bytes);
  /// The next message begins with what was not taken.
  void begin();

  /// Why the message is refused: "Transfer-Encoding"; empty: it is not.
  [[nodiscard]] const std::string& mistake() const noexcept { return mistake_; }
  /// Nothing of the message is left.
  [[nodiscard]] bool is_over() const noexcept { return left_ == std::size_t{0}; }
  /// Bytes that were not taken.
  [[nodiscard]] std::size_t pending() const noexcept { return pending_.size(); }

 private:
  void look_at_head();

  Kind kind_;
  std::size_t most_body_;
  std::string pending_;
  std::optional<std::size_t> left_;  ///< Of the message, once its head was let through.
  std::string mistake_;
};

}  // namespace wandrill
