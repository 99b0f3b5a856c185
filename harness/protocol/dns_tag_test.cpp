// SPDX-License-Identifier: Apache-2.0
#include "protocol/dns_tag.hpp"

#include "base/testing/catch.hpp"
#include "protocol/dns_message.hpp"

using namespace wandrill;

namespace {
constexpr DnsTag kTag{.nonce = 0x0123456789abcdef, .flow = 7, .sequence = UINT64_MAX};
}  // namespace

TEST_CASE("A tag comes back from its label, whatever the case") {
  const auto label = to_label(kTag);
  CHECK(label == "w0123456789abcdef0007ffffffffffffffff");
  CHECK(parse_label(label) == kTag);
  CHECK(parse_label("W0123456789ABCDEF0007FFFFFFFFFFFFFFFF") == kTag);
  CHECK_FALSE(parse_label("w0123456789abcdef0007fffffffffffffff"));
  CHECK_FALSE(parse_label("x0123456789abcdef0007ffffffffffffffff"));
  CHECK_FALSE(parse_label("w0123456789abcdeg0007ffffffffffffffff"));
  CHECK_FALSE(parse_label("w-123456789abcdef0007ffffffffffffffff"));
}

TEST_CASE("A tagged query and its answer are found in DNS messages") {
  auto message = encode(DnsQuestion{.id = 1, .name = to_label(kTag) + ".web.test"});
  auto found = find_tag(message);
  REQUIRE(found);
  CHECK(found->tag == kTag);
  CHECK_FALSE(found->is_answer);
  message[2] |= 0x80;
  CHECK(find_tag(message)->is_answer);
}

TEST_CASE("What is no tagged message is none, however short") {
  const auto message = encode(DnsQuestion{.id = 1, .name = to_label(kTag) + ".web.test"});
  for (std::size_t size = 0; size < 12 + 1 + 37; ++size)
    CHECK_FALSE(find_tag(std::span{message}.first(size)));
  CHECK_FALSE(find_tag(encode(DnsQuestion{.id = 1, .name = "web.test"})));
}
