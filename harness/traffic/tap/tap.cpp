// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/tap.hpp"

#include <algorithm>
#include <utility>

#include <sys/epoll.h>

#include "protocol/ip_packet.hpp"
#include "record/recorder.hpp"

namespace wandrill {

Tap::Tap(const TrafficContext& context, WanClassifier& watch, Wan wan, const NetNs& where,
         const std::string& interface, CaptureFile* file)
    : context_{context},
      wan_watch_{watch},
      wan_{std::move(wan)},
      file_{file},
      name_{"tap " + interface},
      capture_{where, interface, file == nullptr ? Capture::kSnap : CaptureFile::kSnap},
      watch_{context.poller.watch(capture_.fd(), EPOLLIN, *this)} {}

void Tap::ready(std::uint32_t events) {
  if ((events & EPOLLERR) != 0) capture_.clear_error();
  const auto read = Clock::now();
  capture_.read([&](const Capture::Frame& frame) {
    if (file_ != nullptr) file_->add(wan_.number, frame);
    take(frame, read);
  });
  const auto drops = capture_.take_drops();
  if (drops == 0) return;
  context_.note_overflow(name_, drops);
  if (file_ != nullptr) file_->note_drops(wan_.number, drops);
}

void Tap::take(const Capture::Frame& frame, Clock::time_point read) {
  const auto stamp = context_.instant(frame.stamp, read);
  context_.flows.recorder().keep(
      {.at = context_.flows.origin().at(stamp),
       .stamp = realtime_nanos(frame.stamp),
       .original_bytes = frame.original_bytes,
       .wan = wan_.number,
       .outgoing = frame.outgoing,
       .bytes = frame.bytes.first(std::min<std::size_t>(frame.bytes.size(), Capture::kSnap))});
  const auto packet = parse_frame(frame.bytes);
  if (!packet) return;
  wan_watch_.take({.wan = wan_.number,
                   .wan_name = wan_.name,
                   .direction = frame.outgoing ? Direction::kDown : Direction::kUp,
                   .stamp = stamp},
                  *packet);
}

}  // namespace wandrill
