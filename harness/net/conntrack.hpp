// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>

#include "base/ip_address.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// The connection tracking table of a namespace, over ctnetlink
/// (linux/netfilter/nfnetlink_conntrack.h). Every failure is a std::system_error.
class Conntrack {
 public:
  explicit Conntrack(const NetNs& ns);

  /// Forgets every connection, of one family or of both: what comes next of one is taken for new,
  /// and NAT chooses its address again.
  void flush(std::optional<Family> family = std::nullopt);
  /// How many connections are known, of one family or of both.
  [[nodiscard]] std::size_t count(std::optional<Family> family = std::nullopt);

 private:
  Netlink netlink_;
};

}  // namespace wandrill
