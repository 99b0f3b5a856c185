// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <time.h>

#include "base/unique_fd.hpp"
#include "protocol/message_stream.hpp"

namespace wandrill {

/// A non-blocking TCP socket that carries messages of one size.
class TcpConnection {
 public:
  /// Takes over `socket`: TCP_NODELAY is set.
  TcpConnection(UniqueFd socket, std::size_t message_bytes);

  /// Sends a message with this header, whole or not at all: with the send buffer full it is left
  /// out. Errors of the connection show when it is read.
  void write(const PacketHeader& header);
  /// Sends a burst of so many messages, of which the last one is this, and the others are nobody's;
  /// what the buffer does not take waits.
  void write_burst(const PacketHeader& header, std::uint32_t messages);
  /// Sends the rest of what the buffer took in part. True if nothing is left.
  bool flush();

  /// How a connection ended: a reason (an errno), or 0 when the peer closed it.
  using Ending = std::optional<int>;
  /// Reads what is there and calls `each` with header and kernel stamp for every whole message.
  /// Says how the connection ended, if it did.
  Ending read(const std::function<void(const PacketHeader&, const timespec&)>& each);

  [[nodiscard]] bool has_rest() const noexcept { return !rest_.empty(); }
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }

 private:
  std::size_t send_some(std::span<const std::uint8_t> bytes);

  UniqueFd socket_;
  int broken_ = 0;  ///< The errno that a send met and thereby took from the socket.
  MessageStream incoming_;
  std::vector<std::uint8_t> message_;
  std::vector<std::uint8_t> rest_;
};

}  // namespace wandrill
