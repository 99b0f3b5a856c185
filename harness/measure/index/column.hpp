// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace wandrill {

/// A vector that grows by pieces: it never copies what it holds, nor holds much more room than it
/// needs.
template <typename Value>
class Column {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  Value& operator[](std::size_t i) { return (*pieces_[i / kPiece])[i % kPiece]; }
  const Value& operator[](std::size_t i) const { return (*pieces_[i / kPiece])[i % kPiece]; }

  void push_back(const Value& value) {
    if (size_ == pieces_.size() * kPiece) pieces_.push_back(std::make_unique<Piece>());
    (*this)[size_++] = value;
  }
  /// Makes it longer, with `value` in what is added.
  void extend(std::size_t size, const Value& value) {
    while (size_ < size)
      push_back(value);
  }

 private:
  static constexpr std::size_t kPiece = 4096;
  using Piece = std::array<Value, kPiece>;
  std::vector<std::unique_ptr<Piece>> pieces_;
  std::size_t size_ = 0;
};

}  // namespace wandrill
