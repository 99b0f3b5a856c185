// SPDX-License-Identifier: Apache-2.0
#include "traffic/testing/rig.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>

#include "base/error.hpp"
#include "net/netns.hpp"

namespace wandrill::testing {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr Nanos kLead = 20ms;
constexpr Nanos kDrain = 150ms;

void set_loopback(const NetNs& where, bool up) {
  const UniqueFd socket = where.run([] {
    return UniqueFd{check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a socket")};
  });
  ifreq request{};
  request.ifr_name[0] = 'l';
  request.ifr_name[1] = 'o';
  request.ifr_flags = up ? IFF_UP : 0;
  check(::ioctl(socket.get(), SIOCSIFFLAGS, &request), "set lo up or down");
}

/// An ordinary user makes network namespaces in a user namespace of his own.
void gain_privilege() {
  static const bool done = [] {
    if (::geteuid() != 0) check(::unshare(CLONE_NEWUSER), "create a user namespace");
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
  std::optional<NetNs> ns;
  TrafficPlan plan;
  std::vector<std::pair<Nanos, std::function<void()>>> actions;
  std::optional<Traffic> traffic;
  Clock::time_point started;
  RunOrigin origin{Clock::now()};
  fs::path folder;
};

Rig::Rig() : state_{std::make_unique<State>()} {
  try {
    gain_privilege();
    state_->ns = NetNs::create();
    set_loopback(*state_->ns, true);
    std::string name = (fs::temp_directory_path() / "wandrill-traffic-XXXXXX").native();
    if (!::mkdtemp(name.data())) check(-1, "create {}", name);
    state_->folder = name;
  } catch (const std::system_error& error) {
    state_->error = error.what();
  }
}

Rig::~Rig() {
  std::error_code ignored;
  if (!state_->folder.empty()) fs::remove_all(state_->folder, ignored);
}

void Rig::add(TrafficKind kind, Nanos interval, Family family) {
  auto& plan = state_->plan;
  const auto index = plan.sessions.size();
  SessionPlan session;
  session.name = fmt::format("session.{}", index);
  session.group = "session";
  session.kind = kind;
  session.client = {"client", client_address(family), static_cast<std::uint16_t>(20000 + index)};
  session.server = {"server", server_address(family), static_cast<std::uint16_t>(5000 + index)};
  session.up = static_cast<FlowId>(plan.flows.size());
  session.down = static_cast<FlowId>(session.up + 1);
  session.interval = interval;
  session.phase = interval / 4;
  session.payload_bytes = kind == TrafficKind::kRtp ? 172 : kind == TrafficKind::kTcp ? 128 : 64;
  session.late_after = 200ms;
  plan.flows.push_back({session.up, session.name + ".up", index, Direction::kUp});
  plan.flows.push_back({session.down, session.name + ".down", index, Direction::kDown});
  plan.sessions.push_back(session);
}

void Rig::after(Nanos delay, std::function<void()> action) {
  state_->actions.emplace_back(delay, std::move(action));
}

Recording Rig::play(Nanos duration) {
  auto& s = *state_;
  boost::asio::io_context io{1};
  {
    Recorder recorder{s.folder};
    recorder.set_facts({});
    s.origin = RunOrigin{Clock::now()};
    s.traffic.emplace(
        io, s.plan, [&](const std::string&) -> const NetNs& { return *s.ns; }, recorder, s.origin);
    s.started = Clock::now() + kLead;
    s.traffic->start(s.started);
    after(duration, [&] {
      if (s.traffic) s.traffic->stop();
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
    s.traffic.reset();
    recorder.flush();
  }
  return read_recording(s.folder);
}

const std::string& Rig::error() const {
  return state_->error;
}
Traffic& Rig::traffic() {
  return *state_->traffic;
}
void Rig::destroy_traffic() {
  state_->traffic.reset();
}
void Rig::set_link(bool up) {
  set_loopback(*state_->ns, up);
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
  return *state_->ns;
}
const NetNs& Rig::server() const {
  return *state_->ns;
}
IpAddress Rig::client_address(Family family) const {
  return *IpAddress::parse(family == Family::kIpv4 ? "127.0.0.1" : "::1");
}
IpAddress Rig::server_address(Family family) const {
  return *IpAddress::parse(family == Family::kIpv4 ? "127.0.0.2" : "::1");
}

}  // namespace wandrill::testing
