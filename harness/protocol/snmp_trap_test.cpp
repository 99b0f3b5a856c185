// SPDX-License-Identifier: Apache-2.0
#include "protocol/snmp_trap.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

std::vector<std::uint8_t> bytes_of_hex(std::string_view hex) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(
        static_cast<std::uint8_t>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16)));
  return bytes;
}

std::string told(std::string_view hex) {
  const auto trap = decode_snmp_trap(bytes_of_hex(hex));
  return trap ? to_string(*trap) : "nothing";
}

// As Net-SNMP 5.9.3's snmptrap sends them.
constexpr std::string_view kLinkDown =
    "306a02010104067075626c6963a75d02044684c160020100020100304f300e06082b06010201010300430212673017"
    "060a2b06010603010104010006092b0601060301010503300f060a2b0601020102020101020201023013060a2b0601"
    "02010202010202040577616e5f61";
constexpr std::string_view kLinkUpV1 =
    "304002010004067075626c6963a433060a2b06010401bf0803020a4004c0a801010201030201004302126730153013"
    "060a2b060102010202010202040577616e5f61";
constexpr std::string_view kOwnV1 =
    "304102010004067075626c6963a434060a2b06010401bf0803020a4004c0a801010201060201114302126730163014"
    "060b2b06010401bf0802030201410500b2d05e00";

}  // namespace

TEST_CASE("A trap of SNMPv2c is told with names where there are any", "[snmp_trap]") {
  CHECK(told(kLinkDown) == "linkDown ifIndex.2=2 ifDescr.2=wan_a");
}

TEST_CASE("A trap of SNMPv1 is told by its name in SNMPv2", "[snmp_trap]") {
  CHECK(told(kLinkUpV1) == "linkUp ifDescr.2=wan_a");
  CHECK(told(kOwnV1) == "1.3.6.1.4.1.8072.3.2.10.0.17 1.3.6.1.4.1.8072.2.3.2.1=3000000000");
}

TEST_CASE("A trap of our own comes back", "[snmp_trap]") {
  for (const std::string& text : {std::string{"failover: wan_a -> wan_b"}, std::string(900, 'x')}) {
    const auto trap = decode_snmp_trap(
        encode_snmp_trap("1.3.6.1.4.1.32473.0.1", "1.3.6.1.4.1.32473.1.0", text, 0xfedcba98));
    REQUIRE(trap);
    CHECK(trap->name == "1.3.6.1.4.1.32473.0.1");
    REQUIRE(trap->variables.size() == 1);
    CHECK(trap->variables[0].name == "1.3.6.1.4.1.32473.1.0");
    CHECK(trap->variables[0].value == text);
  }
}

TEST_CASE("What is cut short anywhere is nothing", "[snmp_trap]") {
  for (const auto whole : {kLinkDown, kLinkUpV1, kOwnV1}) {
    const auto bytes = bytes_of_hex(whole);
    for (std::size_t length = 0; length < bytes.size(); ++length)
      CHECK_FALSE(decode_snmp_trap(std::span{bytes}.first(length)));
  }
}

TEST_CASE("What is no trap is nothing", "[snmp_trap]") {
  CHECK(told("") == "nothing");
  CHECK(told("30") == "nothing");
  CHECK(told("3080") == "nothing");  // indefinite length
  CHECK(told("3084ffffffff") == "nothing");
  CHECK(told("302902010104067075626c6963a01c0204") == "nothing");
  auto get = bytes_of_hex(kLinkDown);
  get[13] = 0xa0;  // GetRequest
  CHECK_FALSE(decode_snmp_trap(get));
  auto version3 = bytes_of_hex(kLinkDown);
  version3[4] = 3;
  CHECK_FALSE(decode_snmp_trap(version3));
}

TEST_CASE("Octets that are no text are told as numbers", "[snmp_trap]") {
  auto bytes = bytes_of_hex(kLinkDown);
  bytes.back() = 0x07;
  CHECK(to_string(*decode_snmp_trap(bytes)) == "linkDown ifIndex.2=2 ifDescr.2=0x77616e5f07");
  bytes.back() = 0;
  CHECK(to_string(*decode_snmp_trap(bytes)) == "linkDown ifIndex.2=2 ifDescr.2=wan_");
}

}  // namespace wandrill
