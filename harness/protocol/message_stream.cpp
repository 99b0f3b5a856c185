// SPDX-License-Identifier: Apache-2.0
#include "protocol/message_stream.hpp"

#include <algorithm>

namespace wandrill {

MessageStream::MessageStream(std::size_t message_bytes)
    : message_bytes_{std::max(message_bytes, kPacketHeaderBytes)} {
  partial_.reserve(message_bytes_);
}

bool MessageStream::feed(std::span<const std::uint8_t> bytes,
                         const std::function<void(const PacketHeader&)>& each) {
  while (!bytes.empty()) {
    const auto taken = std::min(bytes.size(), message_bytes_ - partial_.size());
    partial_.insert(partial_.end(), bytes.begin(),
                    bytes.begin() + static_cast<std::ptrdiff_t>(taken));
    bytes = bytes.subspan(taken);
    if (partial_.size() < message_bytes_) return true;
    const auto header = decode(partial_);
    if (!header) return false;
    partial_.clear();
    each(*header);
  }
  return true;
}

}  // namespace wandrill
