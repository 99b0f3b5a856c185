// SPDX-License-Identifier: Apache-2.0
#include "traffic/testing/rig.hpp"

#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sched.h>

#include "base/error.hpp"
#include "base/testing/scratch_folder.hpp"
#include "net/address.hpp"
#include "net/link.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"
#include "net/nft.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill::testing {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

const std::string kCable = "cable";
constexpr Nanos kLead = 20ms;
constexpr Nanos kDrain = 150ms;

void join(const NetNs& client, const NetNs& server) {
  auto at_client = Netlink::route(client);
  auto at_server = Netlink::route(server);
  create_veth(at_client, {.ns = client, .name = kCable}, {.ns = server, .name = kCable});
  for (const auto* address : {"192.0.2.1/24", "2001:db8::1/64"})
    add_address(at_client, interface_index(at_client, kCable), *IpPrefix::parse(address));
  for (const auto* address : {"192.0.2.2/24", "2001:db8::2/64"})
    add_address(at_server, interface_index(at_server, kCable), *IpPrefix::parse(address));
  set_link_up(at_client, kCable);
  set_link_up(at_server, kCable);
}

/// IPv6 takes the kernel up to a second after the carrier is there.
void wait_for_ipv6(const NetNs& client, const NetNs& server) {
  const UdpPort from{client, *IpAddress::parse("2001:db8::1"), 9, 0};
  UdpPort to{server, *IpAddress::parse("2001:db8::2"), 9, 0};
  const auto deadline = Clock::now() + 5s;
  for (bool arrived = false; !arrived;) {
    if (Clock::now() > deadline) throw MachineError{"no IPv6 between two namespaces within 5 s"};
    static_cast<void>(from.send({}, {*IpAddress::parse("2001:db8::2"), 9}));
    std::this_thread::sleep_for(5ms);
    to.receive([&](const UdpPort::Datagram&) { arrived = true; });
  }
}

/// An ordinary user makes network namespaces in a user namespace of his own, and must be in one of
/// them himself: there is no way back into one that belongs to somebody else.
void gain_privilege() {
  static const bool done = [] {
    if (::geteuid() == 0) return true;
    check(::unshare(CLONE_NEWUSER | CLONE_NEWNET), "create a user namespace");
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace

std::size_t open_descriptors() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator{"/proc/self/fd"}, fs::directory_iterator{}));
}

struct Rig::State {
  std::string error;
  std::optional<NetNs> client;
  std::optional<NetNs> server;
  TrafficPlan plan;
  std::vector<std::pair<Nanos, std::function<void()>>> actions;
  std::optional<Traffic>* traffic = nullptr;  ///< While playing.
  std::function<void(Traffic&)> prepare;
  Clock::time_point started;
  RunOrigin origin{Clock::now()};
  ScratchFolder folder;
};

Rig::Rig() : state_{std::make_unique<State>()} {
  try {
    gain_privilege();
    state_->client = NetNs::create();
    state_->server = NetNs::create();
  } catch (const std::system_error& error) {
    state_->error = error.what();
    return;
  }
  join(*state_->client, *state_->server);
  wait_for_ipv6(*state_->client, *state_->server);
}

Rig::~Rig() = default;

void Rig::add(TrafficKind kind, Nanos interval, Family family) {
  auto& plan = state_->plan;
  const auto index = plan.sessions.size();
  SessionPlan session;
  session.name = fmt::format("session.{}", index);
  session.group = "session";
  session.kind = kind;
  session.client = {"client", client_address(family), static_cast<std::uint16_t>(20000 + index)};
  session.server = {"server", server_address(family), static_cast<std::uint16_t>(5000 + index)};
  session.up = up_flow_of(index);
  session.down = down_flow_of(session.up);
  session.interval = interval;
  session.phase = interval / 4;
  session.payload_bytes = kind == TrafficKind::kRtp ? 172 : kind == TrafficKind::kTcp ? 128 : 64;
  session.late_after = 200ms;
  plan.flows.push_back({session.up, session.name + ".up", index, Direction::kUp});
  plan.flows.push_back({session.down, session.name + ".down", index, Direction::kDown});
  plan.sessions.push_back(session);
}

void Rig::add_phone(const SipPlan& sip) {
  add(TrafficKind::kSip, std::chrono::milliseconds{20}, Family::kIpv4);
  auto& session = state_->plan.sessions.back();
  session.payload_bytes = 172;
  session.call = CallPlan{};
  session.own = sip;
  session.of<SipPlan>()->phone_port = static_cast<std::uint16_t>(30000 + session.up);
  session.of<SipPlan>()->pbx_port = static_cast<std::uint16_t>(5500 + session.up);
}

void Rig::attempt(TrafficKind kind, const PolicyProbePlan& attempt, Nanos interval, Family family) {
  add(kind, interval, family);
  auto& session = state_->plan.sessions.back();
  session.own = attempt;
  session.server.port = attempt.port.value_or(session.server.port);
}

// NOLINTNEXTLINE(readability-function-size): tests read better without a struct.
void Rig::add_http(Nanos interval, Family family, HttpPlan http, Nanos patience) {
  add(TrafficKind::kHttp, interval, family);
  auto& session = state_->plan.sessions.back();
  session.own = http;
  session.payload_bytes = 20'000;
  session.late_after = patience;
}

void Rig::add_tcp(Nanos interval, Family family, const TcpPlan& tcp) {
  add(TrafficKind::kTcp, interval, family);
  state_->plan.sessions.back().own = tcp;
}

void Rig::spread_phases() {
  auto& sessions = state_->plan.sessions;
  for (std::size_t i = 0; i < sessions.size(); ++i)
    sessions[i].phase = sessions[i].interval * i / sessions.size();
}

void Rig::after(Nanos delay, std::function<void()> action) {
  state_->actions.emplace_back(delay, std::move(action));
}

void Rig::forget_actions() {
  state_->actions.clear();
}

void Rig::before_start(std::function<void(Traffic&)> prepare) {
  state_->prepare = std::move(prepare);
}

Recording Rig::play(Nanos duration) {
  auto& s = *state_;
  const auto actions_of_test = s.actions.size();
  boost::asio::io_context io{1};
  {
    Recorder recorder{s.folder.path()};
    recorder.set_facts({});
    s.origin = RunOrigin{Clock::now()};
    std::optional<Traffic> traffic;
    s.traffic = &traffic;
    traffic.emplace(
        io, s.plan,
        [&](const std::string& node) -> const NetNs& {
          return node == "client" ? *s.client : *s.server;
        },
        recorder, s.origin);
    if (s.prepare) s.prepare(*traffic);
    s.started = Clock::now() + kLead;
    traffic->start(s.started);
    after(duration, [&] {
      if (traffic) traffic->stop();
    });
    after(duration + kDrain, [&] { io.stop(); });
    std::vector<std::unique_ptr<boost::asio::steady_timer>> timers;
    for (auto& [delay, action] : s.actions) {
      timers.push_back(std::make_unique<boost::asio::steady_timer>(io, s.started + delay));
      timers.back()->async_wait([run = action](const auto& error) {
        if (!error) run();
      });
    }
    io.run();
    s.actions.resize(actions_of_test);  // its own end with it
    traffic.reset();
    recorder.flush();
  }
  return read_recording(s.folder.path());
}

const std::string& Rig::error() const {
  return state_->error;
}
Traffic& Rig::traffic() {
  return **state_->traffic;
}
void Rig::destroy_traffic() {
  state_->traffic->reset();
}
void Rig::set_link(bool up) {
  auto netlink = Netlink::route(server());
  if (up)
    set_link_up(netlink, kCable);
  else
    set_link_down(netlink, kCable);
}
void Rig::reject_tcp(bool on) {
  run_nft(server(), on ? R"(table inet refuse {
  chain input {
    type filter hook input priority 0;
    tcp dport 5000-5999 reject with tcp reset
  }
})"
                       : "delete table inet refuse");
}
const RunOrigin& Rig::origin() const {
  return state_->origin;
}
Clock::time_point Rig::started() const {
  return state_->started;
}
const TrafficPlan& Rig::plan() const {
  return state_->plan;
}
const NetNs& Rig::client() const {
  return *state_->client;
}
const NetNs& Rig::server() const {
  return *state_->server;
}
IpAddress Rig::client_address(Family family) const {
  return *IpAddress::parse(family == Family::kIpv4 ? "192.0.2.1" : "2001:db8::1");
}
IpAddress Rig::server_address(Family family) const {
  return *IpAddress::parse(family == Family::kIpv4 ? "192.0.2.2" : "2001:db8::2");
}

}  // namespace wandrill::testing
