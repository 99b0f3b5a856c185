// SPDX-License-Identifier: Apache-2.0
#include "protocol/syslog_message.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

SyslogMessage decoded(std::string_view text) {
  return decode_syslog({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace

TEST_CASE("A syslog message of our own comes back") {
  const auto text = encode_syslog(4, "router", "refrouter", "failover: wan_a -> wan_b");
  CHECK(text == "<28>1 - router refrouter - - - failover: wan_a -> wan_b");
  CHECK(decoded(text).severity == 4);
  CHECK(decoded(text).text == "failover: wan_a -> wan_b");
}

TEST_CASE("Messages of both RFCs lose their headers") {
  CHECK(decoded("<34>1 2003-10-11T22:14:15.003Z mymachine su - ID47 - 'su root' failed").text ==
        "'su root' failed");
  CHECK(decoded("<165>1 2003-10-11T22:14:15Z host app - ID47 [x@1 a=\"1\"] An event").text ==
        "An event");
  const auto old = decoded("<34>Oct 11 22:14:15 mymachine su: 'su root' failed\n");
  CHECK(old.severity == 2);
  CHECK(old.text == "su: 'su root' failed");
  CHECK(decoded("<13>mwan3: interface wan is offline").text == "mwan3: interface wan is offline");
}

TEST_CASE("Whatever comes, something is told of it") {
  CHECK(decoded("").text.empty());
  CHECK(decoded("<").text == "<");
  CHECK(decoded("<999>x").text == "<999>x");
  CHECK(decoded("<12").text == "<12");
  CHECK(decoded("<1>1 ").text.empty());
  CHECK(decoded(std::string(5000, 'x')).text.size() == 1024);
  CHECK(decoded("a\xff\x01z").text == "a??z");
}
