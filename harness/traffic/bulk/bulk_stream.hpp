// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "base/unique_fd.hpp"

namespace wandrill {

/// How many bytes went one way, over all connections of a transfer.
struct Volume {
  std::uint64_t sent = 0;      ///< Given to the sender's kernel.
  std::uint64_t received = 0;  ///< Read by the receiver.
};

/// One end of a transfer's TCP connection: writes what it may, and reads and forgets what comes.
class BulkStream {
 public:
  explicit BulkStream(UniqueFd socket) : socket_{std::move(socket)} {}

  [[nodiscard]] int fd() const noexcept { return socket_.get(); }
  /// Writes up to `most` bytes, as many as the kernel takes; returns how many that were.
  std::uint64_t write(std::uint64_t most);
  /// Reads what is there, and adds to `volume`. Why the connection ended: 0 (closed) or an errno;
  /// nothing while it stands.
  std::optional<int> read(Volume& volume);

 private:
  UniqueFd socket_;
};

}  // namespace wandrill
