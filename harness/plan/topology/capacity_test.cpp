// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "plan/resolve.hpp"
#include "plan/topology/capacity_text.hpp"

using namespace wandrill;

namespace {

constexpr std::uint64_t kMega = 1'000'000;

WanPlan wan(const std::string& name, std::uint64_t up, std::uint64_t down) {
  WanPlan plan{.name = name};
  plan.up.rate = BitsPerSecond{up};
  plan.down.rate = BitsPerSecond{down};
  return plan;
}

/// Fibre and a narrow LTE line; a voice class both ways, a camera and a backup up.
TopologyPlan two_wans() {
  TopologyPlan topology;
  topology.wans = {wan("wan_a", 100 * kMega, 0), wan("wan_b", 5 * kMega, 20 * kMega)};
  topology.capacity = {
      {.name = "voice", .up = BitsPerSecond{kMega}, .down = BitsPerSecond{kMega}, .dscp = 46},
      {.name = "camera", .up = BitsPerSecond{4 * kMega}, .from = {"camera"}},
      {.name = "backup", .up = BitsPerSecond{2 * kMega}, .dscp = 8, .from = {"workstation"}}};
  return topology;
}

SessionPlan session(const std::string& from, std::uint8_t dscp) {
  SessionPlan plan;
  plan.client.node = from;
  plan.dscp = dscp;
  return plan;
}

std::string class_name(const SessionPlan& session) {
  static const auto topology = two_wans();
  const auto* found = class_of(topology, session);
  return found == nullptr ? "none" : found->name;
}

}  // namespace

TEST_CASE("A session belongs to the first class that it fits in all that is given") {
  CHECK(class_name(session("phones", 46)) == "voice");
  CHECK(class_name(session("camera", 46)) == "voice");
  CHECK(class_name(session("camera", 8)) == "camera");
  CHECK(class_name(session("workstation", 8)) == "backup");
  CHECK(class_name(session("workstation", 0)) == "none");
  CHECK(class_name(session("phones", 8)) == "none");
}

TEST_CASE("What is left of a WAN is left once the classes before have what they need") {
  const auto topology = two_wans();
  const auto checks = check_capacity(topology);
  REQUIRE(checks.size() == 4);
  CHECK(checks[0].spare == decltype(checks[0].spare){99 * kMega, 4 * kMega});
  CHECK(checks[0].fits());
  CHECK(checks[1].direction == Direction::kDown);
  CHECK(checks[1].spare == decltype(checks[0].spare){std::nullopt, 19 * kMega});
  CHECK(checks[2].spare[1] == 0);
  CHECK(checks[2].fits());
  CHECK(checks[3].spare[1] == -2'000'000);
  CHECK_FALSE(checks[3].fits());
}

TEST_CASE("The plan tells which class fits where") {
  CHECK(capacity_text(TopologyPlan{}).empty());
  const auto text = capacity_text(two_wans());
  CHECK(text.find("100Mbit/s, 99Mbit/s spare") != text.npos);
  CHECK(text.find("unlimited") != text.npos);
  CHECK(text.find("5Mbit/s, 2Mbit/s missing") != text.npos);
  CHECK(text.find("does not fit wan_b: shaped\n") != text.npos);
}
