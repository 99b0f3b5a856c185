// SPDX-License-Identifier: Apache-2.0
#include "traffic/bulk/bulk_session.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "record/recorder.hpp"
#include "traffic/tcp/tcp_port.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kTick = 10ms;
constexpr Nanos kRecordEvery = 200ms;
constexpr Nanos kBackoff = 500ms;
/// An application looks at its connection after a while.
constexpr Nanos kPatience = 5s;
/// A source that cannot get rid of its bytes keeps this much of them, as a camera's buffer does.
constexpr Nanos kBacklog = 1s;
constexpr std::uint64_t kEndless = 1UL << 20U;

std::uint64_t bytes_in(std::uint64_t rate, Nanos time) {
  return static_cast<std::uint64_t>(static_cast<double>(rate) / 8.0 *
                                    std::chrono::duration<double>(time).count());
}

}  // namespace

/// One end of the connection that there is.
class BulkSession::End final : private Watcher {
 public:
  End(BulkSession& session, UniqueFd socket, Direction sends, std::uint32_t events)
      : session_{session},
        sends_{sends},
        stream_{std::move(socket)},
        watch_{session.context_.poller.watch(stream_.fd(), events, *this)} {}

  void watch_for_room(bool wanted) { watch_.change(wanted ? EPOLLIN | EPOLLOUT : EPOLLIN); }
  [[nodiscard]] Direction sends() const noexcept { return sends_; }
  [[nodiscard]] BulkStream& stream() noexcept { return stream_; }

 private:
  void ready(std::uint32_t events) override {
    auto& session = session_;
    const bool is_client = sends_ == Direction::kUp;
    if (is_client && !session.is_connected_) return session.connected();
    if ((events & EPOLLOUT) != 0) session.write(*this);
    const auto ending = stream_.read(is_client ? session.down_ : session.up_);
    if (!ending) return;
    if (is_client) return session.lose(*ending, *ending == 0 ? "closed" : "reset");
    session.server_.reset();  // how it fared is told by the client; this is gone now
  }

  BulkSession& session_;
  Direction sends_;
  BulkStream stream_;
  Poller::Watch watch_;
};

class BulkSession::Listener final : private Watcher {
 public:
  Listener(BulkSession& session, const NetNs& where)
      : session_{session},
        socket_{listen_at_server(session.plan_, where)},
        watch_{session.context_.poller.watch(socket_.get(), EPOLLIN, *this)} {}

 private:
  void ready(std::uint32_t) override {
    UniqueFd socket{::accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (socket) session_.accepted(std::move(socket));
  }

  BulkSession& session_;
  UniqueFd socket_;
  Poller::Watch watch_;
};

BulkSession::BulkSession(const TrafficContext& context, const SessionPlan& plan,
                         const FindNetNs& find)
    : context_{context},
      plan_{plan},
      client_ns_{find(plan.client.node)},
      next_port_{plan.client.port},
      listener_{std::make_unique<Listener>(*this, find(plan.server.node))},
      retry_{context.timers, [this] { connect(); }},
      sampler_{context, plan.name, "client"} {}

BulkSession::~BulkSession() {
  stop();
}

void BulkSession::start(Clock::time_point at) {
  at += plan_.of<BulkPlan>()->starts;
  running_ = true;
  credited_ = recorded_ = progressed_ = at;
  context_.timers.add(at, kTick, *this);
  retry_.set(at);
}

void BulkSession::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

void BulkSession::tell(const std::string& state, const std::string& detail) const {
  const auto now = context_.flows.origin().at(Clock::now());
  context_.flows.recorder().add(SessionEvent{now, plan_.name, state, detail});
}

void BulkSession::connect() {
  if (!running_) return;
  auto socket = bind_to_next_port(plan_, client_ns_, next_port_);
  const SocketAddress peer{plan_.server.address, plan_.server.port};
  tell("connecting",
       fmt::format("to {} port {}", to_string(plan_.server.address), plan_.server.port));
  progressed_ = Clock::now();
  if (::connect(socket.get(), peer.get(), peer.length) != 0 && errno != EINPROGRESS)
    return lose(errno, "refused");
  client_ = std::make_unique<End>(*this, std::move(socket), Direction::kUp, EPOLLOUT);
}

void BulkSession::connected() {
  int reason = 0;
  socklen_t length = sizeof reason;
  ::getsockopt(client_->stream().fd(), SOL_SOCKET, SO_ERROR, &reason, &length);
  if (reason != 0) return lose(reason, reason == ETIMEDOUT ? "timed_out" : "refused");
  is_connected_ = true;
  progressed_ = Clock::now();
  tell("connected", "");
  write(*client_);
}

void BulkSession::accepted(UniqueFd socket) {
  server_ = std::make_unique<End>(*this, std::move(socket), Direction::kDown, EPOLLIN);
  write(*server_);
}

void BulkSession::lose(int reason, const std::string& state) {
  tell(state, reason == 0 ? "" : std::strerror(reason));
  client_.reset();
  is_connected_ = false;
  retry_.set(Clock::now() + kBackoff);
}

std::uint64_t BulkSession::allowance(Direction direction) const {
  if (!running_ || !plan_.of<BulkPlan>()->goes(direction)) return 0;
  if (plan_.of<BulkPlan>()->rate == 0) return kEndless;
  return direction == Direction::kUp ? up_credit_ : down_credit_;
}

void BulkSession::write(End& end) {
  const auto most = allowance(end.sends());
  const auto written = end.stream().write(most);
  auto& volume = end.sends() == Direction::kUp ? up_ : down_;
  auto& credit = end.sends() == Direction::kUp ? up_credit_ : down_credit_;
  volume.sent += written;
  credit -= std::min(credit, written);
  end.watch_for_room(plan_.of<BulkPlan>()->rate == 0 && most > 0);
}

void BulkSession::give(Clock::time_point now) {
  const auto most = bytes_in(plan_.of<BulkPlan>()->rate, kBacklog);
  const auto fresh = bytes_in(plan_.of<BulkPlan>()->rate, now - credited_);
  credited_ = now;
  up_credit_ = std::min(up_credit_ + fresh, most);
  down_credit_ = std::min(down_credit_ + fresh, most);
  if (client_ && is_connected_) write(*client_);
  if (server_) write(*server_);
}

void BulkSession::due(Clock::time_point) {
  const auto now = Clock::now();
  if (plan_.of<BulkPlan>()->rate > 0) give(now);
  if (client_ && is_connected_) sampler_.look_at(client_->stream().fd(), now);
  if (now - recorded_ >= kRecordEvery) record_volumes(now);
  const auto progress = up_.received + down_.received;
  if (progress != last_progress_) progressed_ = now;
  last_progress_ = progress;
  if (client_ && now - progressed_ > kPatience) lose(ETIMEDOUT, "timed_out");
}

void BulkSession::record_volumes(Clock::time_point now) {
  recorded_ = now;
  for (const auto direction : {Direction::kUp, Direction::kDown}) {
    if (!plan_.of<BulkPlan>()->goes(direction)) continue;
    const auto& volume = direction == Direction::kUp ? up_ : down_;
    context_.flows.recorder().add(VolumeEvent{.at = context_.flows.origin().at(now),
                                              .session = plan_.name,
                                              .direction = std::string{to_string(direction)},
                                              .sent = volume.sent,
                                              .received = volume.received});
  }
}

}  // namespace wandrill
