// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_sample.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "record/recorder.hpp"

namespace wandrill {
namespace {
constexpr Nanos kEvery = std::chrono::milliseconds{200};
}  // namespace

void TcpSampler::look_at(int socket, Clock::time_point now) {
  if (now - last_ < kEvery) return;
  tcp_info info{};
  socklen_t length = sizeof info;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return;
  last_ = now;
  context_.flows.recorder().add(TcpSampleEvent{.at = context_.flows.origin().at(now),
                                               .session = session_,
                                               .end = end_,
                                               .rtt = std::chrono::microseconds{info.tcpi_rtt},
                                               .rto = std::chrono::microseconds{info.tcpi_rto},
                                               .backoff = info.tcpi_backoff,
                                               .retransmits = info.tcpi_total_retrans,
                                               .unacknowledged = info.tcpi_unacked});
}

}  // namespace wandrill
