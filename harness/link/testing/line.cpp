// SPDX-License-Identifier: Apache-2.0
#include "link/testing/line.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <thread>

#include <sys/socket.h>

namespace wandrill::testing {

using namespace std::chrono_literals;

Line::Line(const Impairment& up, const Impairment& down, const Rig::Options& options)
    : rig{options}, link{rig.slot, rig.settings(up, down), Engine::kWire, &relay} {}

void Line::wait_until_open() const {
  for (const int family : {AF_INET, AF_INET6}) {
    const Talker router{rig.router, true, family, 4000};
    const Talker isp{rig.isp, false, family, 4000};
    const auto deadline = Clock::now() + kPatience;
    bool up = false;
    bool down = false;
    while (!(up && down)) {
      if (Clock::now() > deadline) throw std::runtime_error{"the link does not open"};
      router.send(1);
      isp.send(1);
      up = !isp.receive(1, 20ms).empty() || up;
      down = !router.receive(1, 20ms).empty() || down;
    }
  }
}

std::vector<std::uint32_t> numbers(std::uint32_t count) {
  std::vector<std::uint32_t> result(count);
  std::iota(result.begin(), result.end(), 0U);
  return result;
}

void send_many(const Talker& from, std::uint32_t count, Nanos interval) {
  for (std::uint32_t i = 0; i < count; ++i) {
    from.send(i);
    if (interval > 0ns) std::this_thread::sleep_for(interval);
  }
}

Nanos fastest_one_way(const Talker& from, const Talker& to, Nanos enough) {
  Nanos fastest = kPatience;
  for (int i = 0; i < 10 && fastest >= enough; ++i) {
    const auto sent = Clock::now();
    from.send(1);
    if (to.receive(1, kPatience).empty()) continue;
    fastest = std::min<Nanos>(fastest, Clock::now() - sent);
  }
  return fastest;
}

}  // namespace wandrill::testing
