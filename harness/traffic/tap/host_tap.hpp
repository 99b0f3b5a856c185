// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "traffic/context.hpp"
#include "traffic/host_listener.hpp"
#include "traffic/tap/capture.hpp"

namespace wandrill {

/// Watches what leaves and reaches a host that a program of a session runs on.
class HostTap final : private Watcher {
 public:
  /// `context` and `listener` must outlive it. Throws std::system_error.
  HostTap(const TrafficContext& context, HostListener& listener, HostListener::End end,
          const NetNs& where, const std::string& interface);

 private:
  void ready(std::uint32_t events) override;

  const TrafficContext& context_;
  HostListener& listener_;
  HostListener::End end_;
  std::string name_;
  Capture capture_;
  Poller::Watch watch_;
};

}  // namespace wandrill
