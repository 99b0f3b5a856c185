// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/child.hpp"
#include "vm/json_lines.hpp"
#include "vm/qemu_command.hpp"

namespace wandrill {

/// A booted VM and the line to the program in it. The VM dies with its owner, whatever happens, and
/// leaves no socket: the line is a descriptor that it inherits.
class Guest {
 public:
  /// Starts to boot. Throws std::system_error, or MachineError when QEMU is not installed.
  explicit Guest(GuestMachine machine);

  /// Readable when the guest has said something, or has ended.
  [[nodiscard]] int fd() const noexcept { return line_.get(); }
  /// The next message; null: no whole one is there. Never blocks.
  Json receive();
  /// Does nothing when the guest is gone.
  void send(const Json& message) const;
  /// The VM is off, or QEMU has given up.
  [[nodiscard]] bool has_ended() const noexcept { return has_ended_; }
  void kill() noexcept { qemu_.kill(); }
  /// The last words of QEMU and of the guest's kernel, for an error message; at most 10 lines.
  std::string last_words();

 private:
  struct Line;
  Guest(Line line, GuestMachine machine);

  std::filesystem::path console_;
  UniqueFd line_;
  JsonLines messages_;
  Child qemu_;
  bool has_ended_ = false;
};

}  // namespace wandrill
