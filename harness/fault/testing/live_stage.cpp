// SPDX-License-Identifier: Apache-2.0
#include "fault/testing/live_stage.hpp"

#include <algorithm>
#include <cstring>
#include <sstream>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/link.hpp"
#include "net/nft.hpp"
#include "net/route.hpp"
#include "net/sysctl.hpp"
#include "plan/faults/resolve_filter.hpp"
#include "plan/resolve.hpp"

namespace wandrill::testing {
namespace {
using namespace std::chrono_literals;

/// Long enough for a machine that stalls.
constexpr Nanos kPatience = 5s;
/// What must not come is waited for this long.
constexpr int kTries = 8;
constexpr int kEveryMs = 40;

std::string ports_of(LiveNode& node, const std::vector<std::string>& interfaces) {
  std::string text;
  for (const auto& interface : interfaces)
    text +=
        fmt::format("{} {:02x} {}\n", interface, fmt::join(mac_of(node.netlink, interface), ":"),
                    has_carrier(node.netlink, interface) ? "up" : "down");
  return text;
}

std::vector<std::string> interfaces_of(const TopologyPlan& topology, const std::string& node) {
  std::vector<std::string> interfaces;
  const auto take = [&](const PortPlan& port) {
    if (port.node == node) interfaces.push_back(port.interface);
  };
  for (const auto& [a, b] : topology.cables) {
    take(a);
    take(b);
  }
  for (const auto& wan : topology.wans) {
    take(wan.router);
    take(wan.isp);
  }
  return interfaces;
}

std::string text_of(const Impairment& line) {
  return fmt::format("{} loss {} delay {} jitter {} rate {} queue {}\n", line.blackhole,
                     line.loss.value, line.delay.count(), line.jitter.count(), line.rate.value,
                     line.queue.value);
}

}  // namespace

Plan plan_with(const std::string& timeline) {
  auto loaded = load_scenario(std::string{WANDRILL_SOURCE_DIR} + "/scenarios/failback.yaml");
  Mistakes mistakes;
  loaded.scenario =
      decode_scenario({"made.yaml",
                       "scenario: made\ntopology: home_office\nphase_jitter: 0s\n"
                       "traffic:\n  call: {kind: rtp, from: desk_phone, to: pbx}\ntimeline:\n" +
                           timeline},
                      mistakes);
  mistakes.throw_if_any();
  return resolve(loaded);
}

LiveStage::LiveStage(const std::string& timeline)
    : plan_{plan_with(timeline)},
      lab_{plan_, choose_engine(EngineChoice::kAuto, has_filters(plan_.topology))},
      router_{lab_.network().node("router"), plan_.router, [](const auto&, const auto&) {}},
      stage_{plan_, lab_, router_} {
  for (const auto& step : plan_.timeline.steps)
    if (const auto* fault = std::get_if<FaultAction>(&step.action)) faults_.push_back(fault);
  auto& router = node("router");
  write_sysctl(router.ns, "net.ipv4.ip_forward", "1");
  for (const auto& gateway : plan_.topology.wan("wan_a")->gateways)
    add_route(router.netlink,
              {.destination = default_destination(gateway.family()), .gateway = gateway});
}

std::string LiveStage::everything() {
  std::string text;
  for (const auto& node_plan : plan_.topology.nodes) {
    auto& live = lab_.network().node(node_plan.name);
    text += "== " + node_plan.name + "\n";
    for (const auto family : {Family::kIpv4, Family::kIpv6}) {
      for (const auto& route : dump_routes(live.netlink, family))
        text += to_string(route) + "\n";
      for (const auto& rule : dump_rules(live.netlink, family))
        text += to_string(rule) + "\n";
    }
    text += list_ruleset(live.ns);
    const auto interfaces = interfaces_of(plan_.topology, node_plan.name);
    text += ports_of(live, interfaces);
    if (node_plan.kind == NodeKind::kSwitch) continue;
    for (const auto& interface : interfaces)
      for (const auto* sysctl : {"ipv4.conf.{}.arp_ignore", "ipv4.conf.{}.arp_notify",
                                 "ipv6.conf.{}.ndisc_notify", "ipv6.conf.{}.mtu"}) {
        const auto name = "net." + fmt::format(fmt::runtime(sysctl), interface);
        text += name + "=" + read_sysctl(live.ns, name) + "\n";
      }
  }
  for (auto& wan : lab_.wans())
    text += "== " + wan.plan->name + "\n" + text_of(wan.link->read_back(Direction::kUp)) +
            text_of(wan.link->read_back(Direction::kDown));
  for (auto& wan : lab_.wans())
    for (std::size_t i = 0; i < wan.plan->filters.size(); ++i)
      text += "== " + wan.plan->name + " " + to_string(wan.plan->filters[i]) + "\n" +
              text_of(wan.link->read_back_stage(i, Direction::kUp)) +
              text_of(wan.link->read_back_stage(i, Direction::kDown));
  return text;
}

Json soon(const std::function<Json()>& ask) {
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    auto answer = ask();
    if (Clock::now() > deadline ||
        std::ranges::all_of(answer.flatten(), [](const Json& one) { return one == true; }))
      return answer;
  }
}

std::string difference(const std::string& before, const std::string& after) {
  const auto lines_of = [](const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);)
      lines.push_back(line);
    return lines;
  };
  std::string text;
  const auto old_lines = lines_of(before);
  const auto new_lines = lines_of(after);
  for (const auto& line : old_lines)
    if (std::ranges::find(new_lines, line) == new_lines.end()) text += "- " + line + "\n";
  for (const auto& line : new_lines)
    if (std::ranges::find(old_lines, line) == old_lines.end()) text += "+ " + line + "\n";
  return text.empty() && before != after ? "another order" : text;
}

std::string wait_for_evidence(LabFault& fault) {
  const auto deadline = Clock::now() + fault.patience();
  do {
    if (auto evidence = fault.evidence(); !evidence.empty()) return evidence;
    std::this_thread::sleep_for(5ms);
  } while (Clock::now() < deadline);
  return "";
}

Talk::Talk(LiveStage& stage, const char* router_address, const char* node, const char* far_address,
           std::uint16_t port)
    : overhead_{IpAddress::parse(far_address)->family() == Family::kIpv4 ? 28U : 48U} {
  const auto open = [port](LiveNode& where, const char* text) {
    const SocketAddress address{*IpAddress::parse(text), port};
    const int family = address.get()->sa_family;
    UniqueFd socket = where.ns.run([&] {
      return UniqueFd{check(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a socket")};
    });
    check(::bind(socket.get(), address.get(), address.length), "bind {}", text);
    const int yes = 1;
    const bool v4 = family == AF_INET;
    const int probe =
        v4 ? static_cast<int>(IP_PMTUDISC_PROBE) : static_cast<int>(IPV6_PMTUDISC_PROBE);
    ::setsockopt(socket.get(), v4 ? IPPROTO_IP : IPPROTO_IPV6,
                 v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER, &probe, sizeof probe);
    ::setsockopt(socket.get(), v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_RECVERR : IPV6_RECVERR, &yes,
                 sizeof yes);
    return End{std::move(socket), address};
  };
  near_ = open(stage.node("router"), router_address);
  far_ = open(stage.node(node), far_address);
}

bool Talk::takes(End& to, std::uint32_t number, int wait_ms) {
  const auto deadline = Clock::now() + std::chrono::milliseconds{wait_ms};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd ready{to.socket.get(), POLLIN, 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0) return false;
    hear_errors(to);
    std::uint32_t got = 0;
    SocketAddress from;
    from.length = sizeof from.storage;
    if (::recvfrom(to.socket.get(), &got, sizeof got, MSG_DONTWAIT, from.get(), &from.length) < 4 ||
        got < number)
      continue;
    if (&to == &far_) {
      seen_ = from;
      seen_from_ = fmt::format("{}:{}", to_string(from.address()), from.port());
    }
    return true;
  }
}

bool Talk::passes(End& from, End& to, const SocketAddress& target, std::size_t size) {
  std::vector<std::uint8_t> payload(std::max<std::size_t>(size - overhead_, 4));
  const auto first = number_ + 1;
  for (int i = 0; i < kTries; ++i) {
    ++number_;
    std::memcpy(payload.data(), &number_, sizeof number_);
    (void)::sendto(from.socket.get(), payload.data(), payload.size(), MSG_DONTWAIT, target.get(),
                   target.length);
    if (takes(to, first, kEveryMs)) return true;
  }
  return false;
}

bool Talk::up(std::size_t size) {
  return passes(near_, far_, far_.address, size);
}

bool Talk::down(std::size_t size) {
  return passes(far_, near_, near_.address, size);
}

bool Talk::back() {
  return passes(far_, near_, seen_, 100);
}

std::vector<Nanos> Talk::round_trips(int count) {
  std::vector<Nanos> times;
  for (int i = 0; i < count; ++i) {
    const auto number = ++number_;
    const auto start = Clock::now();
    (void)::sendto(near_.socket.get(), &number, sizeof number, 0, far_.address.get(),
                   far_.address.length);
    if (!takes(far_, number, 1000)) continue;
    (void)::sendto(far_.socket.get(), &number, sizeof number, 0, near_.address.get(),
                   near_.address.length);
    if (takes(near_, number, 1000)) times.emplace_back(Clock::now() - start);
  }
  return times;
}

std::optional<Nanos> Talk::round_trip() {
  const auto times = round_trips(4);
  if (times.empty()) return std::nullopt;
  return *std::ranges::min_element(times);
}

Nanos Talk::spread() {
  const auto times = round_trips(12);
  if (times.empty()) return Nanos{0};
  const auto [shortest, longest] = std::ranges::minmax_element(times);
  return *longest - *shortest;
}

std::vector<Clock::time_point> Talk::arrivals(int count, std::size_t size) {
  std::vector<std::uint8_t> payload(size - overhead_);
  for (int i = 0; i < count; ++i) {
    ++number_;
    std::memcpy(payload.data(), &number_, sizeof number_);
    (void)::sendto(near_.socket.get(), payload.data(), payload.size(), 0, far_.address.get(),
                   far_.address.length);
  }
  std::vector<Clock::time_point> times;
  const auto first = number_ - static_cast<std::uint32_t>(count) + 1;
  while (times.size() < static_cast<std::size_t>(count) && takes(far_, first, 700))
    times.push_back(Clock::now());
  return times;
}

int Talk::burst(int count, std::size_t size) {
  return static_cast<int>(arrivals(count, size).size());
}

Nanos Talk::burst_time(int count, std::size_t size) {
  const auto times = arrivals(count, size);
  return times.empty() ? Nanos{0} : Nanos{times.back() - times.front()};
}

void Talk::hear_errors(End& end) {
  for (;;) {
    std::array<char, 512> control{};
    msghdr message{};
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(end.socket.get(), &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return;
    for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(&message, part)) {
      sock_extended_err error{};
      std::memcpy(&error, CMSG_DATA(part), sizeof error);
      const bool by_icmp =
          error.ee_origin == SO_EE_ORIGIN_ICMP || error.ee_origin == SO_EE_ORIGIN_ICMP6;
      if (by_icmp && error.ee_errno == EMSGSIZE) end.told_mtu = error.ee_info;
    }
  }
}

std::uint32_t Talk::told_up() {
  hear_errors(near_);
  return near_.told_mtu;
}

std::uint32_t Talk::told_down() {
  hear_errors(far_);
  return far_.told_mtu;
}

}  // namespace wandrill::testing
