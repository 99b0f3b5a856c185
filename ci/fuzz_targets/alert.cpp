// SPDX-License-Identifier: Apache-2.0
// What comes to a monitor's ports, up to the event that is recorded of it and looked through for a
// pattern: a webhook must not depend on how its connection was cut.
#include "base/json_line.hpp"
#include "base/json_text.hpp"
#include "base/pattern.hpp"
#include "record/event_kinds.hpp"
#include "traffic/alert/alert_text.hpp"

namespace {

using wandrill::WebhookReader;

std::optional<WebhookReader::Webhook> webhook_of(std::string_view bytes, std::size_t piece) {
  WebhookReader reader;
  std::optional<WebhookReader::Webhook> webhook;
  for (; !bytes.empty() && !webhook; bytes.remove_prefix(std::min(piece, bytes.size())))
    webhook = reader.feed(bytes.substr(0, piece));
  return webhook;
}

/// As the recorder writes it, and the judge reads it.
void record(const char* channel, const std::string& text) {
  static const wandrill::Pattern pattern{R"re(wan_a.*(down|lost)|"state": *"(\w+)")re"};
  if (text.size() > wandrill::kMostAlertText) __builtin_trap();
  const wandrill::Event event =
      wandrill::AlertEvent{.channel = channel, .receiver = "laptop", .from = "", .text = text};
  const auto line = wandrill::json_line(event);
  if (line.find('\n') + 1 != line.size()) __builtin_trap();
  const auto json = wandrill::parse_json(line);
  if (!json) __builtin_trap();
  const auto read = std::get<wandrill::AlertEvent>(wandrill::decode_event(*json).value());
  // Our pattern is of ASCII, which is all that is certain to be recorded as it came.
  if (read.channel != channel || pattern.search(read.text) != pattern.search(text))
    __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::span datagram{data + 2, size - 2};
  if (data[0] % 3 == 0) {
    record("syslog", wandrill::syslog_alert(datagram));
  } else if (data[0] % 3 == 1) {
    record("snmp_trap", wandrill::trap_alert(datagram));
  } else {
    const std::string_view bytes{reinterpret_cast<const char*>(data + 2), size - 2};
    const auto webhook = webhook_of(bytes, 1U + data[1]);
    if (webhook != webhook_of(bytes, size)) __builtin_trap();
    if (webhook) record("webhook", webhook->text);
  }
  return 0;
}
