// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/unique_fd.hpp"
#include "net/netlink_message.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// A netlink socket that lives in one namespace, whichever the calling thread is in later. Requests
/// are answered before they return.
class Netlink {
 public:
  /// `protocol`: NETLINK_ROUTE, NETLINK_NETFILTER…
  explicit Netlink(const NetNs& ns, int protocol);
  static Netlink route(const NetNs& ns);

  /// For the ioctls that any socket takes on behalf of its namespace: netdevice(7).
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }

  /// Sends one request and waits for its acknowledgement. Throws std::system_error with `attempt`
  /// ("create veth wan_a") and the kernel's reason.
  void request(NetlinkMessage message, std::string_view attempt);
  /// As request(), but returns the kernel's error number (0: done) for the caller to judge.
  [[nodiscard]] int try_request(NetlinkMessage message, std::string_view attempt);
  /// Sends a request whose answer is one message or many (NLM_F_DUMP), and shows each to `each`.
  void dump(NetlinkMessage message, std::string_view attempt,
            const std::function<void(const NetlinkView&)>& each);
  /// As dump(), but returns the kernel's error number (0: done) for the caller to judge.
  [[nodiscard]] int try_dump(NetlinkMessage message, std::string_view attempt,
                             const std::function<void(const NetlinkView&)>& each);

 private:
  [[nodiscard]] int exchange(NetlinkMessage& message, std::string_view attempt,
                             const std::function<void(const NetlinkView&)>& each);
  void send(NetlinkMessage& message, std::string_view attempt);

  UniqueFd socket_;
  std::uint32_t sequence_ = 0;
  std::vector<std::uint8_t> buffer_;
};

}  // namespace wandrill
