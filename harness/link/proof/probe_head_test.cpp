// SPDX-License-Identifier: Apache-2.0
#include "link/proof/probe_head.hpp"

#include "base/testing/catch.hpp"
#include "link/effect.hpp"
#include "link/proof/prover_frame.hpp"
#include "link/wire/packet_match.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

const TrafficFilter kFilters[] = {{.family = "ipv4"},
                                  {.family = "ipv6"},
                                  {.protocol = "udp"},
                                  {.protocol = "tcp"},
                                  {.protocol = "icmp"},
                                  {.family = "ipv6", .protocol = "icmp"},
                                  {.protocol = "esp"},
                                  {.protocol = "udp", .port = {5060, 5060}},
                                  {.protocol = "tcp", .source_port = {443, 443}},
                                  {.protocol = "udp", .destination_port = {1, 65535}},
                                  {.protocol = "sctp", .port = {1, 9}, .source_port = {7, 7}},
                                  {.dscp = 46},
                                  {.dscp = 0},
                                  {.min_size = Bytes{1200}},
                                  {.max_size = Bytes{100}},
                                  {.family = "ipv6", .protocol = "udp", .dscp = 34}};

std::vector<std::uint8_t> frame_of(const ProbeHead& head, std::size_t size = 60) {
  const ProverFrame frame{.prover = 3, .sequence = 5, .sent = Clock::time_point{7s}};
  return encode(frame, head, {2, 0, 0, 0, 0, 1}, frame_size(head, size));
}

}  // namespace

TEST_CASE("A head made for a filter matches it, and each near miss does not") {
  for (const auto& filter : kFilters) {
    INFO(to_string(filter));
    const PacketMatch match{filter};
    CHECK(match(frame_of(matching_head(filter))));
    CHECK(match(frame_of(matching_head(filter), 1514)));
    for (const auto& miss : near_misses(filter)) {
      INFO(miss.what);
      REQUIRE(frame_size(miss, 60) > 0);
      CHECK_FALSE(match(frame_of(miss)));
      CHECK_FALSE(match(frame_of(miss, 1514)));
    }
  }
}

TEST_CASE("There is a near miss for each key of a filter") {
  const TrafficFilter all{.family = "ipv4",
                          .protocol = "udp",
                          .port = {5060, 5060},
                          .dscp = 46,
                          .min_size = Bytes{100},
                          .max_size = Bytes{200}};
  CHECK(near_misses(all).size() == 6);
  CHECK(near_misses({.dscp = 46}).size() == 1);
}

TEST_CASE("A frame with a head reads back what the Prover wrote into it") {
  for (const auto& filter : kFilters) {
    const auto bytes = frame_of(matching_head(filter), 300);
    const auto frame = decode_prover_frame(bytes);
    REQUIRE(frame.has_value());
    CHECK(frame->prover == 3);
    CHECK(frame->sequence == 5);
    CHECK(frame->sent == Clock::time_point{7s});
    CHECK(is_prover_frame(bytes));
    const auto padding = prover_padding(bytes);
    CHECK(padding <= bytes.size());
    for (std::size_t i = padding; i < bytes.size(); ++i)
      CHECK(bytes[i] == 0);
    for (std::size_t size = 0; size < padding; ++size)
      CHECK_FALSE(decode_prover_frame(std::span{bytes}.first(size)));
  }
}

TEST_CASE("A filter of packets too small for a proof has no frame") {
  const auto head = matching_head({.max_size = Bytes{40}});
  CHECK(frame_size(head, 60) == 0);
  const EffectWanted wanted{.effect = Effect::kDark, .after = {.blackhole = true}, .head = head};
  const auto proof = judge(wanted, {}, Clock::time_point{}, Clock::time_point{});
  CHECK(proof.outcome == Proof::Outcome::kUnproven);
}

TEST_CASE("A change of a stage must show in what matches and must not in what misses") {
  const TrafficFilter sip{.protocol = "udp", .port = {5060, 5060}};
  const LinkState before{.up = {.delay = 4ms}, .stages = {{.filter = sip}}};
  auto after = before;
  after.stages[0].up = {.delay = 50ms};
  const auto effects = effects_of(before, after);
  REQUIRE(effects.size() == 5);
  CHECK(effects[0].effect == Effect::kClean);
  CHECK_FALSE(effects[0].head.ip);
  CHECK_FALSE(effects[0].changed);
  CHECK(effects[1].effect == Effect::kDelay);
  CHECK(effects[1].head.what == "udp port 5060");
  CHECK(effects[1].after.delay == 54ms);
  CHECK(effects[1].changed);
  CHECK(effects[2].effect == Effect::kClean);
  CHECK(effects[2].head.what == "another protocol");
  CHECK_FALSE(effects[2].changed);
  CHECK(effects[3].head.what == "another port");
  CHECK(effects[3].after.delay == 4ms);
  CHECK(effects[4].direction == Direction::kDown);
  CHECK_FALSE(effects[4].head.ip);
}

TEST_CASE("A frame meets every stage that it matches, and the line") {
  const LinkState state{.up = {.delay = 4ms, .rate = {30'000'000}},
                        .stages = {{.filter = {.protocol = "udp"}, .up = {.delay = 10ms}},
                                   {.filter = {.dscp = 46}, .up = {.loss = Percent{10}}},
                                   {.filter = {.family = "ipv6"}, .up = {.blackhole = true}}}};
  const auto met = state.met_by(matching_head({.protocol = "udp", .dscp = 46}), Direction::kUp);
  CHECK(met.delay == 14ms);
  CHECK(met.loss == Percent{10});
  CHECK(met.rate == BitsPerSecond{30'000'000});
  CHECK_FALSE(met.blackhole);
  CHECK(state.met_by({}, Direction::kUp) == state.up);
  CHECK(state.met_by(matching_head({.family = "ipv6"}), Direction::kUp).blackhole);
}
