// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <spawn.h>
#include <sys/wait.h>

#include "base/scratch_folder.hpp"
#include "base/testing/catch.hpp"
#include "net/netns.hpp"
#include "record/events.hpp"
#include "traffic/testing/rig.hpp"
#include "traffic/traffic.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using testing::Rig;

constexpr const char* kLinkDown = "1.3.6.1.6.3.1.1.5.3";
constexpr const char* kIfDescr = "1.3.6.1.2.1.2.2.1.2.2";

/// Starts Net-SNMP's snmptrap in a namespace; 0 where there is none.
pid_t send_trap(const NetNs& where, const ScratchFolder& notes, std::vector<const char*> words) {
  words.insert(words.begin(), "snmptrap");
  words.push_back(nullptr);
  // It would keep notes in /var/lib/snmp, and read the MIBs of the machine.
  const auto folder = "SNMP_PERSISTENT_DIR=" + notes.path().string();
  const std::array<const char*, 4> environment{"PATH=/usr/local/bin:/usr/bin:/bin", folder.c_str(),
                                               "MIBS=", nullptr};
  pid_t child = 0;
  const int error = where.run([&] {
    return ::posix_spawnp(&child, "snmptrap", nullptr, nullptr,
                          const_cast<char* const*>(words.data()),
                          const_cast<char* const*>(environment.data()));
  });
  return error == 0 ? child : 0;
}

std::vector<std::string> alerts_of(const Recording& recording, const std::string& channel) {
  std::vector<std::string> texts;
  for (const auto& event : recording.events)
    if (const auto* alert = std::get_if<AlertEvent>(&event); alert && alert->channel == channel)
      texts.push_back(alert->text);
  return texts;
}

TEST_CASE("A monitor hears Net-SNMP's traps of both versions, and nonsense on their port") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add(TrafficKind::kProbe, 20ms, Family::kIpv4);
  const auto address = rig.server_address(Family::kIpv4);
  const auto monitor = to_string(address);
  rig.before_start(
      [&](Traffic& traffic) { traffic.add_monitor("monitor", rig.server(), address); });
  const ScratchFolder notes{"wandrill-test"};
  std::vector<pid_t> children;
  rig.after(200ms, [&] {
    children.push_back(send_trap(
        rig.client(), notes,
        {"-v", "2c", "-c", "public", monitor.c_str(), "1", kLinkDown, kIfDescr, "s", "wan_a"}));
    children.push_back(
        send_trap(rig.client(), notes,
                  {"-v", "1", "-c", "public", monitor.c_str(), "1.3.6.1.4.1.8072.3.2.10",
                   "10.0.0.1", "6", "17", "1", kIfDescr, "s", "wan_b"}));
    constexpr std::array<std::uint8_t, 3> kNonsense{0x30, 0x80, 0x00};
    const UdpPort port{rig.client(), rig.client_address(Family::kIpv4), 0, 0};
    static_cast<void>(port.send(kNonsense, {address, 162}));
  });
  const auto recording = rig.play(3s);
  bool is_there = true;
  for (const pid_t child : children) {
    int status = 0;
    is_there = is_there && child > 0 && ::waitpid(child, &status, 0) == child &&
               WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  const auto told = alerts_of(recording, "snmp_trap");
  CHECK(std::ranges::count(told, "3 bytes that are no trap") == 1);
  if (!is_there) WANDRILL_SKIP("no snmptrap here: install snmp");
  CHECK(std::ranges::count(told, "linkDown ifDescr.2=wan_a") == 1);
  CHECK(std::ranges::count(told, "1.3.6.1.4.1.8072.3.2.10.0.17 ifDescr.2=wan_b") == 1);
}

}  // namespace
}  // namespace wandrill
