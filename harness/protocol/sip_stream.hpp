// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace wandrill {

/// Takes SIP messages out of a byte stream, by their Content-Length (RFC 3261 18.3), and the
/// keepalives between them (RFC 5626 3.5.1).
class SipStream {
 public:
  /// Which end hears: a server hears pings (two CRLF), a client their answers (one).
  enum class End : std::uint8_t { kClient, kServer };
  enum class What : std::uint8_t { kMessage, kPing, kPong };
  using Each = std::function<void(What, std::string_view message)>;

  explicit SipStream(End end) : end_{end} {}

  /// Calls `each` for what is whole. False once what comes cannot be SIP: the stream has lost its
  /// bounds, and its connection is of no use any more.
  bool feed(std::string_view bytes, const Each& each);

 private:
  bool take_keepalive(const Each& each);

  End end_;
  std::string pending_;
};

}  // namespace wandrill
