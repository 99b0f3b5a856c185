// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/unique_fd.hpp"

namespace wandrill {

/// Wakes when a link of the current network namespace changes. It does not say how: whoever wakes
/// looks, so that no lost notice can leave a wrong picture.
class LinkWatch {
 public:
  /// Throws std::system_error.
  LinkWatch();

  /// Readable when something changed.
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }
  /// Takes the notices away.
  void drain();

 private:
  UniqueFd socket_;
};

}  // namespace wandrill
