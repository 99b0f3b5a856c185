// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// Lets every frame vanish while it is on; nobody is told.
class Blackhole {
 public:
  void change(bool on) noexcept { on_ = on; }
  [[nodiscard]] bool drops() const noexcept { return on_; }

 private:
  bool on_ = false;
};

}  // namespace wandrill
