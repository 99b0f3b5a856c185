// SPDX-License-Identifier: Apache-2.0
#include "traffic/alert/alert_text.hpp"

#include <vector>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

/// The text of the one webhook in `bytes`, which must not depend on how they come; "-" for none.
std::string webhook_of(const std::string& bytes, bool accepted) {
  std::string found;
  for (const auto piece : {bytes.size(), std::size_t{7}, std::size_t{1}}) {
    INFO(piece);
    WebhookReader reader;
    std::optional<WebhookReader::Webhook> webhook;
    for (std::size_t at = 0; at < bytes.size() && !webhook; at += piece)
      webhook = reader.feed(std::string_view{bytes}.substr(at, piece));
    CHECK((webhook && webhook->accepted) == accepted);
    const auto text = webhook ? webhook->text : "-";
    if (!found.empty()) CHECK(text == found);
    found = text;
  }
  return found;
}

}  // namespace

TEST_CASE("The body of a webhook is the alert") {
  CHECK(webhook_of("POST /alert HTTP/1.1\r\nHost: laptop\r\nContent-Length: 16\r\n\r\n"
                   "{\"wan_a\":\"down\"}",
                   true) == "{\"wan_a\":\"down\"}");
  CHECK(webhook_of("GET / HTTP/1.0\r\n\r\n", true).empty());
  CHECK(webhook_of("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nw", false) == "-");
}

TEST_CASE("A request that cannot be read is an alert all the same") {
  const std::string refused = "a request that is not read: ";
  CHECK(webhook_of("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", false) ==
        refused + "Transfer-Encoding");
  CHECK(webhook_of("POST / HTTP/3.1\r\nContent-Length: 0\r\n\r\n", false) ==
        refused + "bad version");
  CHECK(webhook_of("wan_a is down\r\n\r\n", false) == refused + "bad version");
}

TEST_CASE("What comes to the ports for datagrams is an alert, whatever it is") {
  const std::string text = "<29>Nov 23 21:05:07 router wan_a is down";
  const std::vector<std::uint8_t> datagram{text.begin(), text.end()};
  CHECK(syslog_alert(datagram) == "wan_a is down");
  CHECK(trap_alert(datagram) == "40 bytes that are no trap");
  CHECK(syslog_alert({}).empty());
  CHECK(trap_alert({}) == "0 bytes that are no trap");
}
