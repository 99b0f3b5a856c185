// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "traffic/capture.hpp"
#include "traffic/capture_file.hpp"
#include "traffic/context.hpp"

namespace wandrill {

/// Watches which packets of ours pass a WAN, on the router's side of its impairment.
class Tap final : private Watcher {
 public:
  /// `interface` in `where`: the slot's end of the cable to the router. Received there is up, sent
  /// there is down. `context` must outlive it. Throws std::system_error.
  /// `file`: gets every frame, if there is one; it must outlive the tap.
  Tap(const TrafficContext& context, std::uint8_t wan, const NetNs& where,
      const std::string& interface, CaptureFile* file = nullptr);

 private:
  void ready(std::uint32_t events) override;
  void take(const Capture::Frame& frame, Clock::time_point read);

  const TrafficContext& context_;
  std::uint8_t wan_;
  CaptureFile* file_;
  std::string name_;
  Capture capture_;
  Poller::Watch watch_;
};

}  // namespace wandrill
