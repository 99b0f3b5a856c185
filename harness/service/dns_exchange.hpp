// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"
#include "net/netns.hpp"
#include "protocol/dns_message.hpp"

namespace wandrill {

/// Whom to ask for what.
struct DnsQuery {
  IpAddress server;  ///< At port 53, over UDP.
  std::string name;
  DnsType type = DnsType::kA;
};

/// One question to a DNS server, sent when this is made, from a namespace's own network.
class DnsExchange {
 public:
  /// Throws std::system_error when there is no way to the server.
  DnsExchange(const NetNs& from, DnsQuery query);

  /// The answer once it has come. Never blocks.
  const std::optional<DnsAnswer>& poll();
  /// From the question to the answer, or until now.
  [[nodiscard]] Nanos waited() const;
  [[nodiscard]] const DnsQuery& query() const noexcept { return query_; }

 private:
  DnsQuery query_;
  UniqueFd socket_;
  std::uint16_t id_;
  Clock::time_point sent_;
  Clock::time_point answered_;
  std::optional<DnsAnswer> answer_;
};

}  // namespace wandrill
