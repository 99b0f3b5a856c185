// SPDX-License-Identifier: Apache-2.0
#include "refrouter/alert_sender.hpp"

#include "base/error.hpp"
#include "protocol/syslog_message.hpp"

namespace wandrill {
namespace {
constexpr std::uint16_t kSyslogPort = 514;
}  // namespace

AlertSender::AlertSender(const IpAddress& receiver)
    : receiver_{receiver, kSyslogPort},
      socket_{check(::socket(receiver.family() == Family::kIpv4 ? AF_INET : AF_INET6,
                             SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                    "open a socket for alerts")} {}

void AlertSender::send(const Alert& alert) {
  const auto message =
      encode_syslog(static_cast<int>(alert.severity), "router", "refrouter", alert.text);
  static_cast<void>(::sendto(socket_.get(), message.data(), message.size(), 0, receiver_.get(),
                             receiver_.length));
}

}  // namespace wandrill
