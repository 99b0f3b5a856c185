// SPDX-License-Identifier: Apache-2.0
#include "service/dns_exchange.hpp"

#include <array>

#include <sys/socket.h>
#include <unistd.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kDnsPort = 53;

UniqueFd socket_to(const NetNs& from, const IpAddress& server) {
  return from.run([&] {
    const SocketAddress peer{server, kDnsPort};
    UniqueFd socket{
        check(::socket(peer.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
              "open a socket for DNS questions")};
    check(::connect(socket.get(), peer.get(), peer.length), "find a way to the DNS server {}",
          to_string(server));
    return socket;
  });
}

std::uint16_t next_id() {
  static std::uint16_t id = 0;
  return ++id;
}

}  // namespace

DnsExchange::DnsExchange(const NetNs& from, DnsQuery query)
    : query_{std::move(query)},
      socket_{socket_to(from, query_.server)},
      id_{next_id()},
      sent_{Clock::now()} {
  const auto message = encode(DnsQuestion{.id = id_, .name = query_.name, .type = query_.type});
  // A server that is not there refuses: an unanswered question like any other.
  static_cast<void>(::send(socket_.get(), message.data(), message.size(), 0));
}

const std::optional<DnsAnswer>& DnsExchange::poll() {
  std::array<std::uint8_t, 1500> buffer{};
  while (!answer_) {
    const auto size = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (size < 0) break;
    const auto answer = decode_dns_answer(std::span{buffer}.first(static_cast<std::size_t>(size)));
    if (!answer || answer->id != id_) continue;
    answered_ = Clock::now();
    answer_ = answer;
  }
  return answer_;
}

Nanos DnsExchange::waited() const {
  return (answer_ ? answered_ : Clock::now()) - sent_;
}

}  // namespace wandrill
