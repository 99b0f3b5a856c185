// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "base/unique_fd.hpp"
#include "protocol/sip_stream.hpp"

namespace wandrill {

/// A non-blocking TCP socket that carries SIP.
class SipConnection {
 public:
  /// Takes over `socket`: TCP_NODELAY is set.
  SipConnection(UniqueFd socket, SipStream::End end);

  /// Errors show when it is read. What a peer does not take for too long is given up with it.
  void send(std::string_view text);
  /// Sends what the buffer did not take; true if nothing is left.
  bool flush();
  /// How it ended: a reason (an errno, EPROTO for what is no SIP), or 0 when the peer closed it.
  using Ending = std::optional<int>;
  Ending read(const SipStream::Each& each);

  [[nodiscard]] bool has_rest() const noexcept { return !rest_.empty(); }
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }

 private:
  UniqueFd socket_;
  SipStream stream_;
  std::string rest_;
  int broken_ = 0;  ///< The errno that a send met and thereby took from the socket.
};

}  // namespace wandrill
