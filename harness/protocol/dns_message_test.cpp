// SPDX-License-Identifier: Apache-2.0
#include "protocol/dns_message.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

using Bytes8 = std::vector<std::uint8_t>;

/// The answer of dnsdist to "web.test A", as it was on the wire; its name is a pointer to byte 12.
Bytes8 web_answer() {
  return {0x00, 0x07, 0x85, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x03, 'w',
          'e',  'b',  0x04, 't',  'e',  's',  't',  0x00, 0x00, 0x01, 0x00, 0x01, 0xc0, 0x0c,
          0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0x00, 0x3c, 0x00, 0x04, 0xcb, 0x00, 0x71, 0x0a};
}

}  // namespace

TEST_CASE("A question has the form of RFC 1035", "[dns]") {
  const Bytes8 wanted{0x12, 0x34, 0x01, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03,
                      'w',  'e',  'b',  0x04, 't',  'e',  's',  't',  0x00, 0x00, 0x1c, 0x00, 0x01};
  CHECK(encode(DnsQuestion{.id = 0x1234, .name = "web.test", .type = DnsType::kAaaa}) == wanted);
}

TEST_CASE("An answer gives its code and its addresses", "[dns]") {
  const auto answer = decode_dns_answer(web_answer());
  REQUIRE(answer.has_value());
  CHECK(answer->id == 7);
  CHECK(answer->code == kDnsNoError);
  REQUIRE(answer->addresses.size() == 1);
  CHECK(to_string(answer->addresses.front()) == "203.0.113.10");
}

TEST_CASE("An answer tells what it answers, and whether it was cut to fit", "[dns]") {
  auto message = web_answer();
  CHECK(decode_dns_answer(message)->question == "web.test");
  CHECK_FALSE(decode_dns_answer(message)->is_truncated);
  message[2] |= 0x02;
  CHECK(decode_dns_answer(message)->is_truncated);
}

TEST_CASE("A refusal gives its code and no address", "[dns]") {
  auto message = web_answer();
  message[3] = kDnsServfail;
  message[7] = 0;
  message.resize(26);
  const auto answer = decode_dns_answer(message);
  REQUIRE(answer.has_value());
  CHECK(answer->code == kDnsServfail);
  CHECK(answer->addresses.empty());
}

TEST_CASE("A question is no answer, nor is a message that ends anywhere within", "[dns]") {
  CHECK_FALSE(decode_dns_answer(encode(DnsQuestion{.name = "web.test"})).has_value());
  const auto whole = web_answer();
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_FALSE(decode_dns_answer(std::span{whole}.first(size)).has_value());
}
