// SPDX-License-Identifier: Apache-2.0
#include "net/netem.hpp"

#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

NetlinkView view_of(NetlinkMessage& message) {
  const auto bytes = message.bytes();
  nlmsghdr header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  REQUIRE(header.nlmsg_len == bytes.size());
  return {header.nlmsg_type, bytes.subspan(sizeof header)};
}

NetemSpec round_trip(const NetemSpec& spec) {
  auto message = encode_netem(spec, 7, QdiscChange::kChange);
  return decode_netem(view_of(message)).value();
}

std::uint16_t flags_of(NetlinkMessage message) {
  nlmsghdr header{};
  std::memcpy(&header, message.bytes().data(), sizeof header);
  return header.nlmsg_flags;
}

}  // namespace

TEST_CASE("What is asked of netem is what its message says", "[netem]") {
  const NetemSpec spec{.delay = 10ms,
                       .jitter = 1500us,
                       .rate = {30'000'000},
                       .limit = 2345,
                       .seed = 0x1122334455667788};
  CHECK(round_trip(spec) == spec);
  CHECK(round_trip({.rate = {100'000'000'000}}).rate.value == 100'000'000'000);
  CHECK(round_trip({.loss = {2.5}}).loss.value == Approx(2.5).epsilon(1e-8));
  CHECK(round_trip({.loss = {100.0}}).loss.value == 100.0);
  CHECK_FALSE(round_trip({}).seed.has_value());
}

TEST_CASE("A netem is installed once and afterwards only changed", "[netem]") {
  CHECK((flags_of(encode_netem({}, 7, QdiscChange::kInstall)) & NLM_F_CREATE) != 0);
  CHECK((flags_of(encode_netem({}, 7, QdiscChange::kChange)) & (NLM_F_CREATE | NLM_F_REPLACE)) ==
        0);
}

TEST_CASE("A netem message is laid out as the kernel reads it", "[netem]") {
  auto message = encode_netem({.delay = 10ms, .limit = 1000}, 7, QdiscChange::kChange);
  const auto bytes = message.bytes();
  // nlmsghdr 16, tcmsg 20, kind 4 + 6 → 12, options header 4: then tc_netem_qopt, six words.
  constexpr std::size_t kOptions = 16 + 20 + 12;
  std::uint32_t limit = 0;
  std::memcpy(&limit, bytes.data() + kOptions + 4 + 4, sizeof limit);
  CHECK(limit == 1000);
  const std::vector<std::uint8_t> latency{
      0x0c, 0x00, TCA_NETEM_LATENCY64, 0x00, 0x80, 0x96, 0x98, 0x00, 0x00, 0x00, 0x00, 0x00};
  const auto* first = bytes.data() + kOptions + 4 + sizeof(tc_netem_qopt);
  CHECK(std::vector<std::uint8_t>(first, first + latency.size()) == latency);  // 10'000'000 ns
  CHECK(bytes[16 + 4] == 7);                                                   // tcm_ifindex
}

TEST_CASE("Another qdisc, or a message cut short, is no netem", "[netem]") {
  auto message = encode_netem({.delay = 10ms}, 7, QdiscChange::kChange);
  const auto whole = view_of(message);
  CHECK(decode_netem(whole).has_value());
  const auto bytes = message.bytes().subspan(sizeof(nlmsghdr));
  for (std::size_t size = 0; size < 40; ++size)
    CHECK_FALSE(decode_netem(NetlinkView{RTM_NEWQDISC, bytes.first(size)}).has_value());
  NetlinkMessage other{RTM_NEWQDISC, 0};
  other.fixed(tcmsg{}).text(TCA_KIND, "pfifo");
  CHECK_FALSE(decode_netem(view_of(other)).has_value());
}
