// SPDX-License-Identifier: Apache-2.0
#include "link/netem/netem_message.hpp"

#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "base/testing/catch.hpp"
#include "link/proof/verify.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

constexpr int kInterface = 4;
constexpr std::uint16_t kSeedAttribute = 14;  // TCA_NETEM_PRNG_SEED

/// The message as a kernel that has nothing to add would answer it.
NetlinkView view_of(NetlinkMessage& message) {
  const auto bytes = message.bytes();
  return NetlinkView{RTM_NEWQDISC, bytes.subspan(sizeof(nlmsghdr))};
}

nlmsghdr header_of(NetlinkMessage& message) {
  nlmsghdr header{};
  std::memcpy(&header, message.bytes().data(), sizeof header);
  return header;
}

const Impairment kEverything{.loss = Percent{2.5},
                             .delay = 30ms,
                             .jitter = 5ms,
                             .rate = BitsPerSecond{20'000'000},
                             .queue = Bytes{64'000}};
const Impairment kEveryChance{.loss = Percent{2.5},
                              .loss_correlation = Percent{25},
                              .delay = 30ms,
                              .jitter = 5ms,
                              .jitter_correlation = Percent{50},
                              .reorder = {Percent{10}, Percent{30}},
                              .duplicate = {Percent{5}, Percent{20}},
                              .corrupt = {Percent{1}, Percent{10}}};
const Impairment kBursts{.loss = Percent{1},
                         .bursts = {.enter = Percent{2},
                                    .leave = Percent{25},
                                    .loss_in_burst = Percent{90},
                                    .loss_between = Percent{0.5}}};

}  // namespace

TEST_CASE("A netem qdisc is installed once as the root and afterwards only changed") {
  auto install = install_netem(kInterface, {}, 1);
  auto change = change_netem(kInterface, {}, 1);
  CHECK(header_of(install).nlmsg_type == RTM_NEWQDISC);
  CHECK(header_of(install).nlmsg_flags == (NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL));
  CHECK(header_of(change).nlmsg_flags == (NLM_F_REQUEST | NLM_F_ACK));
  for (auto* message : {&install, &change}) {
    const auto target = view_of(*message).fixed<tcmsg>();
    REQUIRE(target.has_value());
    CHECK(target->tcm_ifindex == kInterface);
    CHECK(target->tcm_parent == TC_H_ROOT);
    CHECK(target->tcm_handle == 0x10000);
    CHECK(view_of(*message).text(sizeof(tcmsg), TCA_KIND) == "netem");
  }
}

TEST_CASE("Netem options read back as they were written") {
  const auto options = to_netem(kEverything);
  auto message = install_netem(kInterface, options, 1);
  CHECK(read_netem(view_of(message), kInterface) == options);
  for (const auto& asked : {kEveryChance, kBursts}) {
    auto other = change_netem(kInterface, to_netem(asked), 1);
    CHECK(read_netem(view_of(other), kInterface) == to_netem(asked));
    CHECK(mismatch(asked, from_netem(to_netem(asked), asked)) == "");
  }
  CHECK_FALSE(read_netem(view_of(message), kInterface + 1).has_value());
}

TEST_CASE("The options hold what an older kernel reads, and the seed for a newer one") {
  auto message = install_netem(kInterface, to_netem(kEverything), 0x1122334455667788);
  const auto view = view_of(message);
  const auto payload = view.find(sizeof(tcmsg), TCA_OPTIONS);
  REQUIRE(payload.has_value());
  const NetlinkView options{0, *payload};
  const auto basic = options.fixed<tc_netem_qopt>();
  REQUIRE(basic.has_value());
  CHECK(basic->latency == 30'000'000 / 64);
  CHECK(basic->loss == 107'374'182);  // 2.5 % of 2^32 - 1
  const auto rate = options.value<tc_netem_rate>(sizeof *basic, TCA_NETEM_RATE);
  REQUIRE(rate.has_value());
  CHECK(rate->rate == 2'500'000);
  CHECK(options.value<std::uint64_t>(sizeof *basic, kSeedAttribute) == 0x1122334455667788);
}

TEST_CASE("Chances and correlations are written as tc-netem(8) has them") {
  auto message = install_netem(kInterface, to_netem(kEveryChance), 1);
  const auto view = view_of(message);
  const NetlinkView options{0, *view.find(sizeof(tcmsg), TCA_OPTIONS)};
  const auto basic = options.fixed<tc_netem_qopt>();
  REQUIRE(basic.has_value());
  CHECK(basic->gap == 1);
  // Correlation draws the values to the middle, where fewer are below 2.5 %: the threshold is
  // higher.
  CHECK(basic->loss > 107'374'182);
  CHECK(basic->duplicate > 214'748'364);
  const auto correlation = options.value<tc_netem_corr>(sizeof *basic, TCA_NETEM_CORR);
  REQUIRE(correlation.has_value());
  CHECK(correlation->loss_corr == 1'073'741'824);  // 25 %
  CHECK(correlation->delay_corr == 2'147'483'648);
  CHECK(correlation->dup_corr == 858'993'459);
  const auto reorder = options.value<tc_netem_reorder>(sizeof *basic, TCA_NETEM_REORDER);
  REQUIRE(reorder.has_value());
  CHECK(reorder->correlation == 1'288'490'189);
  const auto corrupt = options.value<tc_netem_corrupt>(sizeof *basic, TCA_NETEM_CORRUPT);
  REQUIRE(corrupt.has_value());
  CHECK(corrupt->correlation == 429'496'730);
  CHECK_FALSE(options.find(sizeof *basic, TCA_NETEM_LOSS).has_value());
}

TEST_CASE("Bursts are written as p, r, h and 1-k, and a loss beside them is laid over both") {
  auto message = install_netem(kInterface, to_netem(kBursts), 1);
  const auto view = view_of(message);
  const NetlinkView options{0, *view.find(sizeof(tcmsg), TCA_OPTIONS)};
  const auto loss = options.find(sizeof(tc_netem_qopt), TCA_NETEM_LOSS);
  REQUIRE(loss.has_value());
  const auto model = NetlinkView{0, *loss}.value<tc_netem_gemodel>(0, NETEM_LOSS_GE);
  REQUIRE(model.has_value());
  const auto of_all = [](double part) { return part / 4294967295.0; };
  CHECK(of_all(model->p) == Approx(0.02));
  CHECK(of_all(model->r) == Approx(0.25));
  CHECK(of_all(model->h) == Approx(0.1 * 0.99));
  CHECK(of_all(model->k1) == Approx(1.0 - 0.995 * 0.99));
  CHECK(options.fixed<tc_netem_qopt>()->loss == 0);
}

TEST_CASE("A seed that the kernel tells again was taken") {
  auto message = install_netem(kInterface, to_netem({}), 5);
  CHECK(read_seed_taken(view_of(message), kInterface));
  CHECK_FALSE(read_seed_taken(view_of(message), kInterface + 1));
}

TEST_CASE("What netem has is the impairment that was asked for") {
  for (const auto& asked :
       {Impairment{}, kEverything, Impairment{.blackhole = true},
        Impairment{.blackhole = true, .loss = Percent{1}}, Impairment{.loss = Percent{100}},
        Impairment{.delay = 300ms, .jitter = 20ms}, Impairment{.delay = 1us}})
    CHECK(mismatch(asked, from_netem(to_netem(asked), asked)) == "");
}

TEST_CASE("A change that did not reach the kernel is seen") {
  const Impairment asked{.delay = 50ms};
  CHECK(mismatch(asked, from_netem(to_netem({}), asked)) == "delay is 0s, not 50ms");
  CHECK(mismatch({.blackhole = true}, from_netem(to_netem({}), {.blackhole = true})) ==
        "there is no blackhole");
  CHECK_FALSE(mismatch(kEverything, from_netem(to_netem({.delay = 30ms}), kEverything)).empty());
}

TEST_CASE("Jitter without a rate gets one that keeps the order and slows nothing") {
  CHECK(to_netem({.delay = 20ms, .jitter = 5ms}).bytes_per_second == kOrderKeepingRate);
  CHECK(to_netem({.delay = 20ms}).bytes_per_second == 0);
  CHECK(to_netem({.jitter = 5ms, .rate = BitsPerSecond{8000}}).bytes_per_second == 1000);
}

TEST_CASE("The packet limit holds what waits and what is under way") {
  CHECK(to_netem({}).packet_limit == 1000);
  CHECK(to_netem({.delay = 100ms, .rate = BitsPerSecond{1'000'000'000}}).packet_limit ==
        20'641);  // 12.5 MB under way, 18.75 MB waiting
  CHECK(to_netem({.rate = BitsPerSecond{1'000'000}, .queue = Bytes{15'140}}).packet_limit == 10);
}
