// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "protocol/packet_header.hpp"

namespace wandrill {

/// Cuts a byte stream into messages of one size, each with our header at its start. Pure.
class MessageStream {
 public:
  explicit MessageStream(std::size_t message_bytes);

  /// Takes the next bytes of the stream and calls `each` for every message that they complete.
  /// False once something is not a message of ours: the stream is then of no more use.
  bool feed(std::span<const std::uint8_t> bytes,
            const std::function<void(const PacketHeader&)>& each);

 private:
  std::size_t message_bytes_;
  std::vector<std::uint8_t> partial_;
};

}  // namespace wandrill
