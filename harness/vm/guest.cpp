// SPDX-License-Identifier: Apache-2.0
#include "vm/guest.hpp"

#include <array>
#include <cctype>

#include <fcntl.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json_line.hpp"

namespace wandrill {
namespace {

constexpr int kMostLastWords = 10;

Child start_qemu(const GuestMachine& machine) {
  try {
    return Child{{.command = qemu_command(machine), .inherits = machine.line}};
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::no_such_file_or_directory) throw;
    throw MachineError{
        "boot a VM: qemu-system-x86_64 is not installed (apt-get install qemu-system-x86)"};
  }
}

std::string last_lines(const std::string& text, int count) {
  auto start = text.find_last_not_of("\r\n");
  for (; start != std::string::npos && count > 0; --count)
    start = start == 0 ? std::string::npos : text.rfind('\n', start - 1);
  return start == std::string::npos ? text : text.substr(start + 1);
}

/// What a terminal would show of it: without the sequences by which firmware clears the screen.
std::string without_escapes(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b') {
      // "ESC [ … letter", or "ESC letter".
      if (at + 1 < text.size() && text[at + 1] == '[') ++at;
      while (++at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) == 0) {
      }
    } else if (text[at] == '\n' || static_cast<unsigned char>(text[at]) >= ' ') {
      plain += text[at];
    }
  }
  return plain;
}

}  // namespace

/// Both ends of the line, until QEMU has inherited its own.
struct Guest::Line {
  UniqueFd ours;
  UniqueFd theirs;

  Line() {
    std::array<int, 2> ends{};
    check(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()),
          "make a line to the VM");
    ours = UniqueFd{ends[0]};
    theirs = UniqueFd{ends[1]};
    check(::fcntl(ours.get(), F_SETFL, O_NONBLOCK), "make a line to the VM");
  }
};

Guest::Guest(GuestMachine machine) : Guest{Line{}, std::move(machine)} {}

Guest::Guest(Line line, GuestMachine machine)
    : console_{machine.console},
      line_{std::move(line.ours)},
      qemu_{start_qemu((machine.line = line.theirs.get(), machine))} {}

Json Guest::receive() {
  std::array<char, 16384> buffer;
  for (;;) {
    const auto size = ::recv(line_.get(), buffer.data(), buffer.size(), 0);
    if (size == 0) has_ended_ = true;
    if (size <= 0) break;
    messages_.feed({buffer.data(), static_cast<std::size_t>(size)});
  }
  return messages_.next();
}

void Guest::send(const Json& message) const {
  const auto line = json_line(message);
  static_cast<void>(::send(line_.get(), line.data(), line.size(), MSG_NOSIGNAL));
}

std::string Guest::last_words() {
  std::string words;
  std::array<char, 4096> buffer;
  for (ssize_t size = 0; (size = ::read(qemu_.output_fd(), buffer.data(), buffer.size())) > 0;)
    words.append(buffer.data(), static_cast<std::size_t>(size));
  if (std::filesystem::exists(console_)) words += read_file(console_);
  return last_lines(without_escapes(words), kMostLastWords);
}

}  // namespace wandrill
