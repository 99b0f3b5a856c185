// SPDX-License-Identifier: Apache-2.0
#include "lab/mininet_shells.hpp"

#include "base/error.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::string_literals;

namespace {

ProcessEntry shell_of(const std::string& node, pid_t pid, pid_t script) {
  return {pid, script, "bash\0--norc\0--noediting\0-is\0mininet:"s + node + "\0"s};
}

std::string refusal(std::vector<MininetShell> shells, std::optional<pid_t> script = {}) {
  try {
    (void)one_network(std::move(shells), script);
  } catch (const MachineError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("Mininet's nodes are found by their shells' last argument", "[mininet]") {
  const auto shells = mininet_shells({shell_of("s1", 30, 10),
                                      {1, 0, "init\0"s},
                                      {40, 20, "vi\0mininet:h1\0--\0"s},
                                      {41, 20, "mininet:h1\0"s},
                                      {42, 20, "bash\0mininet:\0"s},
                                      {43, 20, ""s},
                                      {44, 20, "wandrill\0run\0--attach\0mininet:pid=10\0"s},
                                      shell_of("h1", 21, 10)});
  REQUIRE(shells.size() == 2);
  CHECK(shells[0].node == "h1");
  CHECK(shells[0].pid == 21);
  CHECK(shells[0].script == 10);
  CHECK(shells[1].node == "s1");
}

TEST_CASE("Without a network the user is told to start one", "[mininet]") {
  CHECK(refusal({}).starts_with("no Mininet network is running on this machine: start it first"));
}

TEST_CASE("Of several networks one has to be named", "[mininet]") {
  const auto shells = mininet_shells({shell_of("h1", 21, 10), shell_of("h1", 22, 20)});
  CHECK(refusal(shells) ==
        "several Mininet networks are running, of the processes 10, 20: stop all but one, or say "
        "which: --attach mininet:pid=10");
  CHECK(refusal(shells, 30) ==
        "process 30 holds no Mininet network; there is one of process 10, 20");
  const auto one = one_network(shells, 20);
  REQUIRE(one.size() == 1);
  CHECK(one.front().pid == 22);
}

TEST_CASE("Two nodes of one name in one script cannot be told apart", "[mininet]") {
  CHECK(refusal(mininet_shells({shell_of("h1", 21, 10), shell_of("h1", 22, 10)})) ==
        "process 10 has two Mininet nodes 'h1': stop one of its networks");
}
