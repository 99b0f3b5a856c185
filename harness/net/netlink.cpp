// SPDX-License-Identifier: Apache-2.0
#include "net/netlink.hpp"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kReceiveBuffer = 64UL * 1024UL;

/// What one datagram said about the request with this sequence number.
struct Answer {
  bool ended = false;
  int error = 0;
};

Answer read_datagram(std::span<const std::uint8_t> datagram, std::uint32_t sequence, bool is_dump,
                     const std::function<void(const NetlinkView&)>& each) {
  Answer answer;
  for_each_message(datagram, [&](const nlmsghdr& header, std::span<const std::uint8_t> body) {
    if (header.nlmsg_seq != sequence || answer.ended) return;
    if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) {
      // Both begin with an error number; a dump that fails midway tells of it in NLMSG_DONE.
      int error = 0;
      if (body.size() >= sizeof error) std::memcpy(&error, body.data(), sizeof error);
      answer = {.ended = true, .error = error < 0 ? -error : 0};
    } else {
      if (each) each(NetlinkView{header.nlmsg_type, body});
      answer.ended = !is_dump && each;
    }
  });
  return answer;
}

}  // namespace

Netlink::Netlink(const NetNs& ns, int protocol)
    : socket_{ns.run([protocol] {
        return UniqueFd{check(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol),
                              "open a netlink socket")};
      })},
      buffer_(kReceiveBuffer) {}

Netlink Netlink::route(const NetNs& ns) {
  return Netlink{ns, NETLINK_ROUTE};
}

void Netlink::send(NetlinkMessage& message, std::string_view attempt) {
  message.set_sequence(++sequence_);
  const auto bytes = message.bytes();
  check(::send(socket_.get(), bytes.data(), bytes.size(), 0), "{}", attempt);
}

int Netlink::exchange(NetlinkMessage& message, std::string_view attempt,
                      const std::function<void(const NetlinkView&)>& each) {
  nlmsghdr header{};
  std::memcpy(&header, message.bytes().data(), sizeof header);
  const bool is_dump = (header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
  send(message, attempt);
  for (;;) {
    const auto size = ::recv(socket_.get(), buffer_.data(), buffer_.size(), MSG_TRUNC);
    if (size < 0 && errno == EINTR) continue;
    check(size, "{}", attempt);
    // Cut short, it may lack the end that is waited for.
    if (static_cast<std::size_t>(size) > buffer_.size())
      throw std::system_error{EMSGSIZE, std::generic_category(), std::string{attempt}};
    const auto answer = read_datagram(std::span{buffer_}.first(static_cast<std::size_t>(size)),
                                      sequence_, is_dump, each);
    if (answer.ended) return answer.error;
  }
}

int Netlink::try_request(NetlinkMessage message, std::string_view attempt) {
  return exchange(message, attempt, nullptr);
}

void Netlink::request(NetlinkMessage message, std::string_view attempt) {
  if (const int error = try_request(std::move(message), attempt); error != 0)
    throw std::system_error{error, std::generic_category(), std::string{attempt}};
}

int Netlink::try_dump(NetlinkMessage message, std::string_view attempt,
                      const std::function<void(const NetlinkView&)>& each) {
  return exchange(message, attempt, each);
}

void Netlink::dump(NetlinkMessage message, std::string_view attempt,
                   const std::function<void(const NetlinkView&)>& each) {
  if (const int error = try_dump(std::move(message), attempt, each); error != 0)
    throw std::system_error{error, std::generic_category(), std::string{attempt}};
}

}  // namespace wandrill
