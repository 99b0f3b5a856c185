// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fstream>
#include <functional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "net/monitor.hpp"
#include "run/context.hpp"
#include "run/log_patterns.hpp"

namespace wandrill {

/// Turns lines of the router's output into events: their stamp and meaning by the profile's
/// patterns.
class LogReader {
 public:
  /// Lines also go to `copy` as they are (router.log).
  LogReader(const RunContext& context, std::ofstream copy,
            std::function<void(const LogEvent&)> heard);

  void take(const std::string& process, const std::string& line);

 private:
  const RunContext& context_;
  std::ofstream copy_;
  std::function<void(const LogEvent&)> heard_;
  LogPatterns patterns_;
};

/// Records what the router's kernel tells of its links, routes and rules, until it is cancelled.
boost::asio::awaitable<void> record_network_changes(const RunContext& context,
                                                    NetworkMonitor& monitor, std::string node);

}  // namespace wandrill
