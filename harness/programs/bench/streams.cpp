// SPDX-License-Identifier: Apache-2.0
#include "programs/bench/streams.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "link/proof/prover.hpp"

namespace wandrill::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kFullPayload = 1472;
constexpr std::size_t kSmallPayload = 64;
constexpr double kFullFrame = 1514.0;
constexpr double kTcpSegment = 1448.0;
constexpr std::uint16_t kTcpPort = 6000;

UniqueFd tcp_socket(const NetNs& ns) {
  return ns.run([] {
    return UniqueFd{check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "open a socket")};
  });
}

sockaddr_in isp_address() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(kTcpPort);
  ::inet_pton(AF_INET, "192.0.2.2", &address.sin_addr);
  return address;
}

/// Counts what arrives until it is told to stop.
class Counter {
 public:
  explicit Counter(const Talker& talker) : thread_{[this, &talker] { count(talker.fd()); }} {}
  ~Counter() { stop(); }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

  [[nodiscard]] std::int64_t packets() const noexcept { return packets_; }
  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  void count(int fd) {
    const timeval patience{.tv_sec = 0, .tv_usec = 50'000};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::vector<std::vector<std::uint8_t>> buffers(64, std::vector<std::uint8_t>(2048));
    std::vector<iovec> parts(64);
    std::vector<mmsghdr> messages(64);
    for (std::size_t i = 0; i < 64; ++i) {
      parts[i] = {buffers[i].data(), buffers[i].size()};
      messages[i].msg_hdr.msg_iov = &parts[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
    while (!stop_) {
      const int got = ::recvmmsg(fd, messages.data(), 64, MSG_WAITFORONE, nullptr);
      if (got > 0) packets_ += got;
    }
  }

  std::atomic<bool> stop_{false};
  std::atomic<std::int64_t> packets_{0};
  std::thread thread_;
};

/// Until the MAC addresses are known, the sender's kernel drops most of a stream.
void find_neighbour(const Talker& from, const Talker& to) {
  from.send(0);
  if (to.receive(1, 3s).empty()) throw MachineError{"nothing passes the slot"};
  to.send(0);
  static_cast<void>(from.receive(1, 3s));
}

/// As many at once as are due, so that the sender is not what is measured.
std::int64_t send_paced(const Talker& talker, int per_second, Nanos span, std::size_t size) {
  constexpr std::int64_t kMost = 64;
  std::vector<std::uint8_t> payload(size);
  iovec part{.iov_base = payload.data(), .iov_len = size};
  std::vector<mmsghdr> messages(kMost);
  for (auto& message : messages) {
    message.msg_hdr.msg_iov = &part;
    message.msg_hdr.msg_iovlen = 1;
  }
  const auto start = Clock::now();
  std::int64_t sent = 0;
  for (auto now = start; now - start < span; now = Clock::now()) {
    const auto due =
        static_cast<std::int64_t>(std::chrono::duration<double>(now - start).count() * per_second);
    while (sent < due) {
      const auto count = static_cast<unsigned>(std::min(kMost, due - sent));
      const int done = ::sendmmsg(talker.fd(), messages.data(), count, 0);
      if (done > 0) sent += done;
    }
    std::this_thread::sleep_for(100us);
  }
  return sent;
}

}  // namespace

std::vector<Nanos> one_way_times(const Rig& rig, int count, Nanos interval) {
  Prover prover{rig.router, Rig::kPort, rig.isp, Rig::kPort};
  auto due = Clock::now();
  for (int i = 0; i < count; ++i) {
    std::this_thread::sleep_until(due += interval);
    prover.send(Direction::kUp);
    prover.collect();
  }
  std::this_thread::sleep_for(200ms);
  prover.collect();
  std::vector<Nanos> times;
  for (int i = 0; i < count; ++i)
    if (const auto latency =
            prover.observation(Direction::kUp, static_cast<std::size_t>(i)).latency)
      times.push_back(*latency);
  return times;
}

double tcp_rate(const Rig& rig, Nanos span) {
  const UniqueFd listener = tcp_socket(rig.isp);
  const auto address = isp_address();
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  check(::bind(listener.get(), generic, sizeof address), "bind a server");
  check(::listen(listener.get(), 1), "listen");
  std::atomic<bool> stop{false};
  std::thread sender{[&] {
    const UniqueFd client = tcp_socket(rig.router);
    const std::vector<std::uint8_t> block(256 * 1024);
    if (::connect(client.get(), generic, sizeof address) != 0) return;
    while (!stop && ::send(client.get(), block.data(), block.size(), MSG_NOSIGNAL) > 0) {
    }
  }};
  double bytes = 0;
  {
    const UniqueFd server{check(::accept(listener.get(), nullptr, nullptr), "accept")};
    std::vector<std::uint8_t> block(256 * 1024);
    const auto read_for = [&](Nanos how_long) {
      double read = 0;
      for (const auto until = Clock::now() + how_long; Clock::now() < until;)
        read += static_cast<double>(::recv(server.get(), block.data(), block.size(), 0));
      return read;
    };
    read_for(1s);  // slow start is not what is measured
    bytes = read_for(span);
    stop = true;
  }
  sender.join();
  return bytes * 8.0 * kFullFrame / kTcpSegment / std::chrono::duration<double>(span).count();
}

UdpResult udp_stream(const Rig& rig, double offered, Nanos span) {
  const Talker from{rig.router, true, AF_INET};
  const Talker to{rig.isp, false, AF_INET};
  find_neighbour(from, to);
  Counter counter{to};
  const auto per_second = static_cast<int>(offered / 8.0 / kFullFrame);
  const auto sent = send_paced(from, per_second, span, kFullPayload);
  std::this_thread::sleep_for(100ms);
  counter.stop();
  return {.sent = sent, .arrived = counter.packets()};
}

std::int64_t small_packets(const Rig& rig, int per_second, Nanos span) {
  const Talker router{rig.router, true, AF_INET};
  const Talker isp{rig.isp, false, AF_INET};
  find_neighbour(router, isp);
  Counter up{isp};
  Counter down{router};
  std::int64_t sent_down = 0;
  std::thread other{[&] { sent_down = send_paced(isp, per_second, span, kSmallPayload); }};
  const std::int64_t sent_up = send_paced(router, per_second, span, kSmallPayload);
  other.join();
  std::this_thread::sleep_for(100ms);
  up.stop();
  down.stop();
  return sent_up + sent_down - up.packets() - down.packets();
}

}  // namespace wandrill::testing
