// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "traffic/tap/capture.hpp"
#include "traffic/tap/program_watch.hpp"

namespace wandrill {

/// Watches what leaves and reaches a host that a program of a session runs on.
class HostTap final : private Watcher {
 public:
  /// `context` and `watch` must outlive it. Throws std::system_error.
  HostTap(const TrafficContext& context, ProgramWatch& watch, std::size_t session,
          ProgramWatch::End end, const NetNs& where, const std::string& interface);

 private:
  void ready(std::uint32_t events) override;

  const TrafficContext& context_;
  ProgramWatch& program_watch_;
  std::size_t session_;
  ProgramWatch::End end_;
  std::string name_;
  Capture capture_;
  Poller::Watch watch_;
};

}  // namespace wandrill
