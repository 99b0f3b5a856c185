// SPDX-License-Identifier: Apache-2.0
#include "refrouter/alert_sender.hpp"

#include "base/error.hpp"
#include "protocol/snmp_trap.hpp"
#include "protocol/syslog_message.hpp"

namespace wandrill {
namespace {
constexpr std::uint16_t kSyslogPort = 514;
constexpr std::uint16_t kTrapPort = 162;
// Below the enterprise number that RFC 5612 reserves for examples.
constexpr const char* kAlertOid = "1.3.6.1.4.1.32473.0.1";
constexpr const char* kTextOid = "1.3.6.1.4.1.32473.1.1.0";
}  // namespace

AlertSender::Receiver AlertSender::receiver_at(const std::optional<IpAddress>& address,
                                               std::uint16_t port) {
  if (!address) return {};
  return {SocketAddress{*address, port},
          UniqueFd{check(::socket(address->family() == Family::kIpv4 ? AF_INET : AF_INET6,
                                  SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                         "open a socket for alerts")}};
}

AlertSender::AlertSender(const RefrouterConfig& config)
    : syslog_{receiver_at(config.alert_syslog, kSyslogPort)},
      snmp_{receiver_at(config.alert_snmp, kTrapPort)} {}

void AlertSender::send(const Receiver& receiver, std::span<const char> message) {
  if (!receiver.socket) return;
  static_cast<void>(::sendto(receiver.socket.get(), message.data(), message.size(), 0,
                             receiver.address.get(), receiver.address.length));
}

void AlertSender::send(const Alert& alert) {
  send(syslog_, encode_syslog(static_cast<int>(alert.severity), "router", "refrouter", alert.text));
  const auto trap = encode_snmp_trap(kAlertOid, kTextOid, alert.text, ++traps_);
  send(snmp_, {reinterpret_cast<const char*>(trap.data()), trap.size()});
}

}  // namespace wandrill
