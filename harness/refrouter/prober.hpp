// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"
#include "refrouter/echo_message.hpp"

namespace wandrill {

/// What one WAN's health checks ask, and by which way.
struct ProberSpec {
  CheckKind kind = CheckKind::kIcmp;
  std::string interface;  ///< What is sent leaves by it, whatever the default route is.
  std::uint16_t sender = 0;
  std::vector<IpAddress> targets;
};

/// Sends echo requests and reads the replies: one raw (ICMP) or UDP socket per family, bound to the
/// WAN's interface, in the current network namespace. Needs CAP_NET_RAW.
class Prober {
 public:
  /// Throws std::system_error.
  explicit Prober(ProberSpec spec);

  [[nodiscard]] const std::vector<int>& fds() const noexcept { return fds_; }
  /// Asks every target. One that cannot be asked will not answer, which is what the check is about.
  void send(std::uint16_t sequence);
  /// Reads whatever has arrived: `answered`(index of the target, sequence). Never blocks.
  void receive(const std::function<void(std::size_t, std::uint16_t)>& answered);

 private:
  struct Socket {
    Family family;
    UniqueFd fd;
  };
  void open(Family family);

  ProberSpec spec_;
  std::vector<Socket> sockets_;
  std::vector<int> fds_;
};

}  // namespace wandrill
