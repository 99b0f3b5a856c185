// SPDX-License-Identifier: Apache-2.0
#include "traffic/dns/dns_session.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sys/epoll.h>

#include "protocol/dns_message.hpp"
#include "protocol/dns_tag.hpp"
#include "record/recorder.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr int kPortsTried = 100;

std::string code_text(int code) {
  switch (code) {
    case kDnsServfail:
      return "SERVFAIL";
    case kDnsNoSuchName:
      return "NXDOMAIN";
    default:
      return fmt::format("response code {}", code);
  }
}

/// Ports follow one another: a random one might hit the router's entry for an old query.
UdpPort open_next(const NetNs& where, const SessionPlan& plan, std::uint16_t& port) {
  for (int tried = 1;; ++tried) {
    const auto wanted = port;
    port = port == UINT16_MAX ? plan.client.port : static_cast<std::uint16_t>(port + 1);
    try {
      return UdpPort{where, plan.client.address, wanted, plan.dscp};
    } catch (const std::system_error& error) {
      if (error.code().value() != EADDRINUSE || tried == kPortsTried) throw;
    }
  }
}

}  // namespace

/// A query that waits for its answer.
class DnsSession::Query final : private Watcher {
 public:
  Query(DnsSession& owner, std::uint64_t sequence, std::string name, Clock::time_point sent,
        UdpPort port)
      : owner_{owner},
        sequence_{sequence},
        name_{std::move(name)},
        sent_{sent},
        port_{std::move(port)},
        watch_{owner.context_.poller.watch(port_.fd(), EPOLLIN, *this)} {}

  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  [[nodiscard]] std::uint16_t id() const { return static_cast<std::uint16_t>(sequence_ + 1); }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Clock::time_point sent() const { return sent_; }
  bool may_be_told() { return told_++ < kMostTold; }
  [[nodiscard]] UdpPort& port() { return port_; }

 private:
  void ready(std::uint32_t) override {
    const auto read = Clock::now();
    const auto dropped =
        port_.receive([&](const UdpPort::Datagram& d) { owner_.take(*this, d, read); });
    if (dropped > 0) owner_.context_.note_overflow(owner_.plan_.name, dropped);
  }

  DnsSession& owner_;
  static constexpr int kMostTold = 4;

  std::uint64_t sequence_;
  std::string name_;
  Clock::time_point sent_;
  int told_ = 0;
  UdpPort port_;
  Poller::Watch watch_;
};

DnsSession::DnsSession(const TrafficContext& context, const SessionPlan& plan,
                       const FindNetNs& find)
    : context_{context},
      plan_{plan},
      where_{find(plan.client.node)},
      next_port_{plan.client.port} {}

DnsSession::~DnsSession() {
  stop();
}

void DnsSession::start(Clock::time_point at) {
  running_ = true;
  context_.timers.add(at + plan_.phase, plan_.interval, *this);
}

void DnsSession::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
}

void DnsSession::due(Clock::time_point scheduled) {
  const auto now = Clock::now();
  while (!waiting_.empty() && waiting_.front()->sent() + plan_.late_after < now)
    waiting_.pop_front();
  const auto sequence = next_sequence_++;
  const DnsTag tag{.nonce = context_.nonce, .flow = plan_.up, .sequence = sequence};
  auto& query = *waiting_.emplace_back(
      std::make_unique<Query>(*this, sequence, to_label(tag) + "." + plan_.of<DnsQueryPlan>()->name,
                              now, open_next(where_, plan_, next_port_)));
  const auto message = encode(DnsQuestion{
      .id = query.id(), .name = query.name(), .type = dns_type_of(plan_.client.address.family())});
  const int refusal = query.port().send(message, {plan_.server.address, kDnsPort});
  context_.flows.tried(plan_.down, sequence, scheduled, now, refusal);
}

std::optional<DnsSession::Failing> DnsSession::failing(const Query& query,
                                                       const UdpPort::Datagram& datagram) const {
  if (datagram.source.address() != plan_.server.address || datagram.source.port() != kDnsPort)
    return Failing{"stray", "an answer from another address"};
  const auto answer = decode_dns_answer(datagram.payload);
  if (!answer) return Failing{"stray", "an answer that is none"};
  if (answer->id != query.id()) return Failing{"stray", "an answer with another ID"};
  // Errors may come without their question.
  const bool is_silent = answer->question.empty() && answer->code != kDnsNoError;
  if (answer->question != query.name() && !is_silent)
    return Failing{"stray", "an answer to another question"};
  if (answer->is_truncated) return Failing{"truncated", "an answer that was cut to fit"};
  if (answer->code != kDnsNoError) return Failing{"refused", code_text(answer->code)};
  if (answer->addresses.empty()) return Failing{"refused", "no address"};
  return std::nullopt;
}

void DnsSession::take(Query& query, const UdpPort::Datagram& datagram, Clock::time_point read) {
  if (const auto why = failing(query, datagram)) {
    // Whoever floods a query is told of a few times.
    if (!query.may_be_told()) return;
    is_answered_ = false;
    return tell(why->state, why->detail);
  }
  context_.flows.received(plan_.down, query.sequence(), context_.instant(datagram.stamp, read),
                          read);
  if (!std::exchange(is_answered_, true)) tell("answered", "");
}

void DnsSession::tell(const std::string& state, const std::string& detail) {
  context_.flows.recorder().add(
      SessionEvent{context_.flows.origin().at(Clock::now()), plan_.name, state, detail});
}

}  // namespace wandrill
