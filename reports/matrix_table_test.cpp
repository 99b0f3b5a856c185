// SPDX-License-Identifier: Apache-2.0
#include "reports/matrix_table.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

Json stay(const char* wan, double from, const char* state) {
  return {{"wan", wan}, {"from_s", from}, {"state", state}};
}

Json cell(const char* to, const char* family, const char* transport, Json stays) {
  return {{"group", "policy"}, {"from", "visitor"},      {"to", to},
          {"family", family},  {"transport", transport}, {"stays", std::move(stays)}};
}

using Row = std::vector<std::string>;

}  // namespace

TEST_CASE("A pair that is the same everywhere is one row, whatever its transports") {
  const auto same = Json::array({stay("wan_a", 0, "open"), stay("wan_b", 5, "open")});
  const auto table = matrix_table({{"matrix", Json::array({cell("web", "ipv4", "udp", same),
                                                           cell("web", "ipv6", "tcp", same)})}});
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0] == Row{"policy", "visitor", "web", "open on wan_a", "the same"});
}

TEST_CASE("What differs is told with its WAN and time, and of which transports it is true") {
  const auto table = matrix_table(
      {{"matrix",
        Json::array({cell("web", "ipv4", "udp",
                          Json::array({stay("wan_a", 0, "open"), stay("wan_b", 5, "closed")})),
                     cell("web", "ipv6", "udp",
                          Json::array({stay("wan_a", 0, "closed"), stay("wan_b", 5, "closed")})),
                     cell("web", "ipv4", "tcp",
                          Json::array({stay("wan_a", 0, "untried"), stay("wan_b", 5, "open"),
                                       stay("wan_a", 9, "untried")})),
                     cell("pbx", "ipv4", "tcp", Json::array({stay("wan_a", 0, "untried")}))})}});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0] ==
        Row{"policy", "visitor", "web",
            "open on wan_a: IPv4 UDP; closed on wan_a: IPv6 UDP; open on wan_b: IPv4 TCP",
            "closed on wan_b from 5 s on: IPv4 UDP; untried: IPv4 TCP"});
  CHECK(table.rows[1] == Row{"policy", "visitor", "pbx", "untried", "untried"});
}

TEST_CASE("A run without a matrix has no such table") {
  CHECK(matrix_table(Json::object()).rows.empty());
}
