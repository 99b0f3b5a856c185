// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"

namespace wandrill {

/// The router's control socket: a Unix socket of packets, one request and one answer per
/// connection.
class ControlServer {
 public:
  /// Takes the place of a socket that an earlier run left at `path`. Throws std::system_error.
  explicit ControlServer(std::string path);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

  /// To be polled for reading.
  [[nodiscard]] std::vector<int> fds() const;
  /// Answers every request that has arrived; never blocks.
  void serve(const std::function<std::string(const std::string&)>& answer);

 private:
  std::string path_;
  UniqueFd listener_;
  std::vector<UniqueFd> clients_;
};

/// Asks the router at `path`; its answer. Throws std::system_error, also when none comes in 5 s.
std::string ask_router(const std::string& path, const std::string& request);

}  // namespace wandrill
