// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// The interarrival jitter of RFC 3550 A.8, in the unit of its input. Packets are taken in order of
/// arrival; the first one has no difference.
class Jitter {
 public:
  /// `transit`: arrival − the packet's own time stamp.
  double take(double transit) {
    if (has_previous_) {
      const double difference = transit - previous_;
      jitter_ += ((difference < 0 ? -difference : difference) - jitter_) / 16.0;
    }
    previous_ = transit;
    has_previous_ = true;
    return jitter_;
  }

 private:
  double jitter_ = 0.0;
  double previous_ = 0.0;
  bool has_previous_ = false;
};

}  // namespace wandrill
