// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap.hpp"

#include <sys/epoll.h>

#include "traffic/recognise.hpp"

namespace wandrill {

Tap::Tap(const TrafficContext& context, std::uint8_t wan, const NetNs& where,
         const std::string& interface)
    : context_{context},
      wan_{wan},
      name_{"tap " + interface},
      capture_{where, interface},
      watch_{context.poller.watch(capture_.fd(), EPOLLIN, *this)} {}

void Tap::ready(std::uint32_t events) {
  if ((events & EPOLLERR) != 0) capture_.clear_error();
  const auto read = Clock::now();
  capture_.read([&](const Capture::Frame& frame) { take(frame, read); });
  if (const auto drops = capture_.take_drops(); drops > 0) context_.note_overflow(name_, drops);
}

void Tap::take(const Capture::Frame& frame, Clock::time_point read) {
  const auto seen = recognise(frame.bytes);
  if (!seen || seen->header.nonce != context_.nonce) return;
  context_.book.tapped({.flow = seen->header.flow,
                        .sequence = seen->header.sequence,
                        .stamp = context_.instant(frame.stamp, read),
                        .wan = wan_,
                        .direction = frame.outgoing ? Direction::kDown : Direction::kUp,
                        .source = seen->source});
}

}  // namespace wandrill
