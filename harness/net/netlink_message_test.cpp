// SPDX-License-Identifier: Apache-2.0
#include "net/netlink_message.hpp"

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

using Octets = std::vector<std::uint8_t>;

Octets octets(std::span<const std::uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}

NetlinkMessage sample() {
  NetlinkMessage message{RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK};
  ifinfomsg info{};
  info.ifi_index = 7;
  message.fixed(info).text(IFLA_IFNAME, "eth0");
  message.nest(IFLA_LINKINFO,
               [](NetlinkMessage& inner) { inner.attribute(IFLA_INFO_KIND, "veth", 4); });
  message.set_sequence(0x01020304);
  return message;
}

}  // namespace

TEST_CASE("A netlink message is laid out byte for byte as netlink(7) says", "[netlink]") {
  auto message = sample();
  const Octets wanted{
      0x38, 0, 0,  0, 0x10, 0,   0x05, 0,   0x04, 0x03, 0x02, 0x01, 0, 0, 0, 0,  // nlmsghdr
      0,    0, 0,  0, 7,    0,   0,    0,   0,    0,    0,    0,    0, 0, 0, 0,  // ifinfomsg
      9,    0, 3,  0, 'e',  't', 'h',  '0', 0,    0,    0,    0,                 // IFLA_IFNAME
      12,   0, 18, 0,                                                            // IFLA_LINKINFO
      8,    0, 1,  0, 'v',  'e', 't',  'h'};                                     // and its kind
  CHECK(octets(message.bytes()) == wanted);
}

TEST_CASE("A message is read back as it was written", "[netlink]") {
  auto message = sample();
  int seen = 0;
  for_each_message(message.bytes(), [&](const nlmsghdr& header, auto body) {
    ++seen;
    CHECK(header.nlmsg_seq == 0x01020304);
    const NetlinkView view{header.nlmsg_type, body};
    CHECK(view.type() == RTM_NEWLINK);
    CHECK(view.fixed<ifinfomsg>().value().ifi_index == 7);
    CHECK(view.text(sizeof(ifinfomsg), IFLA_IFNAME) == "eth0");
    const auto nested = view.find(sizeof(ifinfomsg), IFLA_LINKINFO).value();
    CHECK(octets(find_attribute(nested, IFLA_INFO_KIND).value()) == Octets{'v', 'e', 't', 'h'});
    CHECK_FALSE(view.find(sizeof(ifinfomsg), IFLA_MTU));
    CHECK_FALSE(view.value<std::uint64_t>(sizeof(ifinfomsg), IFLA_LINKINFO + 1));
  });
  CHECK(seen == 1);
}

TEST_CASE("A message cut short anywhere is read within its bounds", "[netlink]") {
  auto message = sample();
  const auto whole = octets(message.bytes());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Octets cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    for_each_message(cut, [](const nlmsghdr&, auto) { FAIL("a message that is not whole"); });
    if (size < sizeof(nlmsghdr)) continue;
    const NetlinkView view{RTM_NEWLINK, std::span{cut}.subspan(sizeof(nlmsghdr))};
    CHECK(view.text(sizeof(ifinfomsg), IFLA_IFNAME) == (size < 41 ? "" : "eth0"));
    CHECK_FALSE(view.find(sizeof(ifinfomsg), IFLA_LINKINFO));
  }
}

TEST_CASE("Attributes that lie about their length end the search", "[netlink]") {
  const Octets too_short{3, 0, 1, 0, 4, 0, 2, 0};
  const Octets too_long{200, 0, 1, 0, 4, 0, 2, 0};
  const Octets empty_then_wanted{4, 0, 1, 0, 8, 0, 2, 0, 1, 2, 3, 4};
  CHECK_FALSE(find_attribute(too_short, 2));
  CHECK_FALSE(find_attribute(too_long, 2));
  CHECK(octets(find_attribute(empty_then_wanted, 2).value()) == Octets{1, 2, 3, 4});
  CHECK(find_attribute(empty_then_wanted, 1).value().empty());
}
