// SPDX-License-Identifier: Apache-2.0
#include "traffic/alert/alert_text.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include "protocol/http_guard.hpp"
#include "protocol/snmp_trap.hpp"
#include "protocol/syslog_message.hpp"

namespace wandrill {
namespace http = boost::beast::http;

std::string syslog_alert(std::span<const std::uint8_t> datagram) {
  return decode_syslog(datagram).text;
}

std::string trap_alert(std::span<const std::uint8_t> datagram) {
  const auto trap = decode_snmp_trap(datagram);
  return trap ? to_string(*trap) : fmt::format("{} bytes that are no trap", datagram.size());
}

struct WebhookReader::State {
  State() {
    parser.body_limit(kMostAlertText);
    parser.eager(true);
  }
  static Webhook refused(const std::string& why) {
    return {.text = "a request that is not read: " + why};
  }

  http::request_parser<http::string_body> parser;
  HttpGuard guard{HttpGuard::Kind::kRequest, kMostAlertText};
};

WebhookReader::WebhookReader() : state_{std::make_unique<State>()} {}
WebhookReader::~WebhookReader() = default;

std::optional<WebhookReader::Webhook> WebhookReader::feed(std::string_view bytes) {
  auto& [parser, guard] = *state_;
  guard.feed(bytes);
  const auto readable = guard.readable();
  if (!guard.mistake().empty()) return State::refused(guard.mistake());
  if (readable.empty()) return std::nullopt;
  boost::system::error_code error;
  guard.take(parser.put(boost::asio::buffer(readable.data(), readable.size()), error));
  if (error && error != http::error::need_more) return State::refused(error.message());
  if (!parser.is_done()) return std::nullopt;
  return Webhook{.text = parser.get().body(), .accepted = true};
}

}  // namespace wandrill
