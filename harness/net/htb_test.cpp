// SPDX-License-Identifier: Apache-2.0
#include "net/htb.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>

#include <sys/socket.h>
#include <sys/time.h>

#include "base/testing/catch.hpp"
#include "net/link.hpp"
#include "net/testing/private_namespaces.hpp"
#include "net/testing/two_hosts.hpp"

using namespace wandrill;
using namespace wandrill::testing;

namespace {

constexpr std::uint16_t kPort = 4000;
constexpr std::size_t kBytes = 1000;
constexpr int kVoice = 0x10010;  // "1:10"

HtbPlan narrow() {
  return {
      .rate = 2'000'000,
      .fallback = 0x20,
      .classes = {
          {.minor = 0x10, .rate = 1'000'000, .ceiling = 2'000'000, .queue = 50},
          {.minor = 0x20, .rate = 1'000'000, .ceiling = 2'000'000, .priority = 1, .queue = 40}}};
}

UniqueFd udp_socket(const NetNs& ns, const char* own, int priority) {
  UniqueFd socket{ns.run([] { return ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0); })};
  const SocketAddress at{address(own), priority < 0 ? kPort : std::uint16_t{0}};
  REQUIRE(::bind(socket.get(), at.get(), at.length) == 0);
  if (priority > 0)
    REQUIRE(::setsockopt(socket.get(), SOL_SOCKET, SO_PRIORITY, &priority, sizeof priority) == 0);
  const timeval patience{.tv_sec = 1, .tv_usec = 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return socket;
}

void send(const UniqueFd& socket, char mark, int count) {
  const std::string payload(kBytes, mark);
  const SocketAddress to{address("192.0.2.2"), kPort};
  for (int i = 0; i < count; ++i)
    ::sendto(socket.get(), payload.data(), payload.size(), 0, to.get(), to.length);
}

/// What comes, a letter for each packet, until nothing has for a second.
std::string receive_all(const UniqueFd& socket) {
  std::string marks;
  std::array<char, 2048> buffer{};
  while (::recv(socket.get(), buffer.data(), buffer.size(), 0) > 0)
    marks += buffer[0];
  return marks;
}

}  // namespace

TEST_CASE("A shaped port drops what its queue has no room for, and lets voice by", "[htb]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  set_link_up(hosts.at_a, "left");
  set_link_up(hosts.at_b, "right");
  replace_htb(hosts.at_a, interface_index(hosts.at_a, "left"), narrow());
  const auto receiver = udp_socket(hosts.b, "192.0.2.2", -1);
  const auto bulk = udp_socket(hosts.a, "192.0.2.1", 0);
  const auto voice = udp_socket(hosts.a, "192.0.2.1", kVoice);
  send(bulk, 'b', 1);  // neighbours are found
  REQUIRE(receive_all(receiver) == "b");
  send(bulk, 'b', 200);
  send(voice, 'v', 3);
  const auto arrived = receive_all(receiver);
  CHECK(arrived.size() < 100);
  CHECK(arrived.size() > 40);
  CHECK(arrived.rfind('v') < arrived.size() - 10);
  CHECK(std::count(arrived.begin(), arrived.end(), 'v') == 3);
}

TEST_CASE("Shaping a port again takes the place of what is there", "[htb]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  TwoHosts hosts;
  const int index = interface_index(hosts.at_a, "left");
  replace_htb(hosts.at_a, index, narrow());
  CHECK_NOTHROW(replace_htb(hosts.at_a, index, narrow()));
  CHECK_THROWS_AS(replace_htb(hosts.at_a, 9999, narrow()), std::system_error);
}
