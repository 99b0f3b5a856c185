// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/host_tap.hpp"

#include <sys/epoll.h>

namespace wandrill {

HostTap::HostTap(const TrafficContext& context, HostListener& listener, HostListener::End end,
                 const NetNs& where, const std::string& interface)
    : context_{context},
      listener_{listener},
      end_{end},
      name_{"tap " + interface},
      capture_{where, interface},
      watch_{context.poller.watch(capture_.fd(), EPOLLIN, *this)} {}

void HostTap::ready(std::uint32_t events) {
  if ((events & EPOLLERR) != 0) capture_.clear_error();
  const auto read = Clock::now();
  capture_.read([&](const Capture::Frame& frame) {
    if (const auto packet = parse_frame(frame.bytes))
      listener_.take({.end = end_,
                      .outgoing = frame.outgoing,
                      .stamp = context_.instant(frame.stamp, read),
                      .read = read},
                     *packet);
  });
  if (const auto drops = capture_.take_drops(); drops > 0) context_.note_overflow(name_, drops);
}

}  // namespace wandrill
