// SPDX-License-Identifier: Apache-2.0
#include "link/netem/stage_message.hpp"

#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "base/testing/catch.hpp"
#include "link/netem/match_program.hpp"

using namespace wandrill;

namespace {

constexpr int kInterface = 4;

NetlinkView view_of(NetlinkMessage& message) {
  return NetlinkView{RTM_NEWTFILTER, message.bytes().subspan(sizeof(nlmsghdr))};
}

}  // namespace

TEST_CASE("A stage's netem is the first band of its prio, and everything else has the second") {
  auto prio = install_prio(kInterface);
  const auto target = view_of(prio).fixed<tcmsg>();
  REQUIRE(target.has_value());
  CHECK(target->tcm_parent == TC_H_ROOT);
  const auto options = view_of(prio).value<tc_prio_qopt>(sizeof(tcmsg), TCA_OPTIONS);
  REQUIRE(options.has_value());
  CHECK(options->bands == 2);
  for (const auto band : options->priomap)
    CHECK(band == 1);
  auto netem = install_netem(stage_netem(kInterface), {}, 1);
  const auto place = view_of(netem).fixed<tcmsg>();
  REQUIRE(place.has_value());
  CHECK(place->tcm_parent == (target->tcm_handle | 1U));
  CHECK(place->tcm_handle != target->tcm_handle);
  CHECK(read_netem(view_of(netem), kInterface).has_value());
}

TEST_CASE("A filter reads back as it was installed, and from nowhere else") {
  const auto program = match_program({.protocol = "udp", .port = {5060, 5060}});
  auto message = install_filter(kInterface, program);
  const auto found = read_filter(view_of(message), kInterface);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == program.size());
  CHECK(std::memcmp(found->data(), program.data(), program.size() * sizeof program[0]) == 0);
  CHECK_FALSE(read_filter(view_of(message), kInterface + 1));
  auto other = install_prio(kInterface);
  CHECK_FALSE(read_filter(view_of(other), kInterface));
}
