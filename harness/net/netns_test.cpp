// SPDX-License-Identifier: Apache-2.0
#include "net/netns.hpp"

#include <stdexcept>
#include <thread>

#include <sys/stat.h>

#include "base/clock.hpp"
#include "base/testing/catch.hpp"
#include "net/child.hpp"
#include "net/conntrack.hpp"
#include "net/link.hpp"
#include "net/monitor.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using namespace wandrill::testing;

namespace {

/// The identity of the namespace that this thread is in.
ino_t here() {
  struct stat status {};
  REQUIRE(::stat("/proc/thread-self/ns/net", &status) == 0);
  return status.st_ino;
}

ino_t identity_of(const NetNs& ns) {
  struct stat status {};
  REQUIRE(::fstat(ns.fd(), &status) == 0);
  return status.st_ino;
}

bool is_there(Netlink& netlink, const std::string& interface) {
  try {
    return interface_index(netlink, interface) > 0;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("A namespace is apart from ours and leaves the thread where it was", "[netns]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto before = here();
  const auto ns = NetNs::create();
  CHECK(here() == before);
  CHECK(ns.run(here) == identity_of(ns));
  CHECK(identity_of(ns) != before);
  CHECK(identity_of(NetNs::current()) == before);
  CHECK(here() == before);
}

TEST_CASE("What throws inside a namespace leaves the thread outside", "[netns]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto before = here();
  const auto ns = NetNs::create();
  CHECK_THROWS_AS(ns.run([] { throw std::runtime_error{"inside"}; }), std::runtime_error);
  CHECK(here() == before);
}

TEST_CASE("A new namespace has nothing but its loopback, which is up", "[netns]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  auto netlink = Netlink::route(ns);
  CHECK(is_up(netlink, "lo"));
  CHECK(interface_index(netlink, "lo") == 1);
  CHECK_FALSE(is_there(netlink, "eth0"));
}

TEST_CASE("The end of a namespace takes its links with it, in the other namespace too", "[netns]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto kept = NetNs::create();
  auto netlink = Netlink::route(kept);
  {
    const auto gone = NetNs::create();
    create_veth(netlink, {.ns = kept, .name = "kept"}, {.ns = gone, .name = "gone"});
    CHECK(is_there(netlink, "kept"));
  }
  // The kernel ends namespaces in the background.
  const auto deadline = Clock::now() + 10s;
  while (is_there(netlink, "kept") && Clock::now() < deadline)
    std::this_thread::sleep_for(5ms);
  CHECK_FALSE(is_there(netlink, "kept"));
}

TEST_CASE("Kernel objects leave no descriptor behind, whether made or refused", "[netns]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto before = open_descriptors();
  for (int round = 0; round < 3; ++round) {
    TwoHosts hosts;
    disable_offloads(hosts.a, "left");
    const NetworkMonitor monitor{hosts.a};
    const Conntrack conntrack{hosts.a};
    Child sleeper{hosts.b, {.command = {"sleep", "60"}}};
    CHECK_THROWS(Child{hosts.b, {.command = {"/no/such/program"}}});
    CHECK_THROWS(interface_index(hosts.at_a, "nowhere"));
    CHECK_THROWS(write_sysctl(hosts.a, "net.no.such", "1"));
    CHECK(open_descriptors() > before);
  }
  CHECK(open_descriptors() == before);
}
