// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wandrill {

/// Of an alert, by whichever channel; what is behind it is not kept.
inline constexpr std::size_t kMostAlertText = 64UL * 1024UL;

/// What a datagram on the syslog port says.
std::string syslog_alert(std::span<const std::uint8_t> datagram);
/// What a datagram on the SNMP trap port says. One that cannot be read is an alert all the same:
/// the router did mean to say something.
std::string trap_alert(std::span<const std::uint8_t> datagram);

/// Takes the bytes of a connection, in pieces of any size, and gives the one request in them.
class WebhookReader {
 public:
  WebhookReader();
  WebhookReader(const WebhookReader&) = delete;
  WebhookReader& operator=(const WebhookReader&) = delete;
  ~WebhookReader();

  struct Webhook {
    std::string text;  ///< Its body; of one that is refused, why.
    bool accepted = false;
    friend bool operator==(const Webhook&, const Webhook&) = default;
  };
  /// The request, once it is whole or known to be wrong; call it no more then.
  std::optional<Webhook> feed(std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wandrill
