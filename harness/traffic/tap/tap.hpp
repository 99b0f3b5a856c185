// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "traffic/context.hpp"
#include "traffic/tap/capture.hpp"
#include "traffic/tap/capture_file.hpp"
#include "traffic/tap/wan_classifier.hpp"

namespace wandrill {

/// Watches which packets pass a WAN, on the router's side of its impairment.
class Tap final : private Watcher {
 public:
  struct Wan {
    std::uint8_t number = 0;
    std::string name;
  };
  /// `interface` in `where`: the slot's end of the cable to the router. Received there is up, sent
  /// there is down. `watch` gets every packet, `file`, if there is one, every frame; both and
  /// `context` must outlive it. Throws std::system_error.
  Tap(const TrafficContext& context, WanClassifier& watch, Wan wan, const NetNs& where,
      const std::string& interface, CaptureFile* file);

 private:
  void ready(std::uint32_t events) override;
  void take(const Capture::Frame& frame, Clock::time_point read);

  const TrafficContext& context_;
  WanClassifier& wan_watch_;
  Wan wan_;
  CaptureFile* file_;
  std::string name_;
  Capture capture_;
  Poller::Watch watch_;
};

}  // namespace wandrill
