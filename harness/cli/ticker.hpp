// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace wandrill {

/// One line on standard error that says what goes on, where that is a terminal; gone with this.
class Ticker {
 public:
  Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

  void say(const std::string& text) const;

 private:
  bool is_terminal_;
};

}  // namespace wandrill
