// SPDX-License-Identifier: Apache-2.0
#include "refrouter/daemon.hpp"

#include <algorithm>
#include <csignal>
#include <ctime>

#include <poll.h>
#include <sys/signalfd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "refrouter/status.hpp"

namespace wandrill {
namespace {

UniqueFd catch_signals() {
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : {SIGHUP, SIGTERM, SIGINT})
    ::sigaddset(&set, number);
  check(::sigprocmask(SIG_BLOCK, &set, nullptr), "block signals");
  return UniqueFd{check(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), "catch signals")};
}

FailoverPolicy policy_of(const RefrouterConfig& config) {
  return {.health = {.down_count = config.down_count,
                     .up_count = config.up_count,
                     .hold_down = config.hold_down},
          .failback = config.failback,
          .failback_delay = config.failback_delay};
}

std::vector<std::string> names_of(const RefrouterConfig& config) {
  std::vector<std::string> names;
  for (const auto& wan : config.wans)
    names.push_back(wan.name);
  return names;
}

timespec until(Instant deadline) {
  const auto left = std::max<Nanos>(deadline - Clock::now(), Nanos{0});
  constexpr auto kSecond = Nanos{std::chrono::seconds{1}};
  return {.tv_sec = left / kSecond, .tv_nsec = (left % kSecond).count()};
}

}  // namespace

Daemon::Setup::Setup(RefrouterConfig read)
    : config{std::move(read)}, data_plane{config}, carrier(config.wans.size(), true) {}

void Daemon::Setup::start_checks(Instant now) {
  for (std::size_t wan = 0; config.detection && wan < config.wans.size(); ++wan)
    checks.emplace_back(config, wan, now);
}

std::optional<std::size_t> Daemon::Setup::find(const std::string& name) const {
  const auto found = std::ranges::find(config.wans, name, &WanConfig::name);
  if (found == config.wans.end()) return std::nullopt;
  return static_cast<std::size_t>(found - config.wans.begin());
}

Daemon::Daemon(std::string config_path, int log_fd)
    : config_path_{std::move(config_path)},
      log_{log_fd},
      setup_{
          std::make_unique<Setup>(parse_refrouter_config(read_file(config_path_), config_path_))},
      failover_{policy_of(setup_->config), std::vector<WanHealth>(setup_->config.wans.size())},
      alerts_{setup_->config.alerts, names_of(setup_->config)},
      signals_{catch_signals()} {}

void Daemon::run() {
  start();
  while (!is_stopping_) {
    step();
    log_.flush();
    if (!is_stopping_) wait();
  }
  log_.add(Clock::now(), "stopped");
  log_.flush();
}

void Daemon::start() {
  if (!setup_->config.control.empty()) control_.emplace(setup_->config.control);
  install(*setup_, failover_.active());
  setup_->start_checks(Clock::now());
  begin_alerts();
}

void Daemon::begin_alerts() {
  const auto& config = setup_->config;
  alerts_ = Alerts{config.alerts, names_of(config)};
  alert_sender_.emplace(config);
}

void Daemon::alert(const std::vector<Alert>& alerts) {
  if (!alert_sender_ || !alert_sender_->has_receiver()) return;
  for (const auto& one : alerts) {
    alert_sender_->send(one);
    log_.add(Clock::now(), "alert", {{"text", one.text}});
  }
}

void Daemon::install(Setup& setup, std::size_t active) {
  setup.data_plane.install();
  report(setup.data_plane.start_on(active));
}

std::optional<Instant> Daemon::next_deadline() const {
  auto next = failover_.next_deadline();
  if (const auto alert = alerts_.next_deadline(); alert && (!next || *alert < *next)) next = alert;
  for (const auto& checks : setup_->checks)
    next = std::min(next.value_or(checks.next_deadline()), checks.next_deadline());
  return next;
}

void Daemon::wait() {
  std::vector<int> fds{signals_.get(), link_watch_.fd()};
  const auto add = [&fds](const std::vector<int>& more) {
    fds.insert(fds.end(), more.begin(), more.end());
  };
  if (control_) add(control_->fds());
  for (const auto& checks : setup_->checks)
    add(checks.fds());
  std::vector<pollfd> polled;
  for (const int fd : fds)
    polled.push_back({.fd = fd, .events = POLLIN, .revents = 0});
  const auto deadline = next_deadline();
  const auto timeout = until(deadline.value_or(Clock::now()));
  const int ready = ::ppoll(polled.data(), polled.size(), deadline ? &timeout : nullptr, nullptr);
  if (ready < 0 && errno != EINTR) check(ready, "wait for something to happen");
}

/// Every wake looks at everything: there is little of it, and nothing can be missed.
void Daemon::step() {
  link_watch_.drain();
  look_at_carriers();
  run_checks();
  const auto now = Clock::now();
  act(failover_.time(now), now);
  alert(alerts_.time(now));
  tell_when_ready();
  if (control_) control_->serve([this](const std::string& request) { return answer(request); });
  read_signals();
}

void Daemon::look_at_carriers() {
  const bool is_deciding = setup_->config.carrier && setup_->config.detection;
  for (std::size_t wan = 0; wan < setup_->carrier.size(); ++wan) {
    const bool carrier = setup_->data_plane.has_carrier(wan);
    if (carrier == setup_->carrier[wan]) continue;
    const auto now = Clock::now();
    setup_->carrier[wan] = carrier;
    log_.add(now, carrier ? "carrier_found" : "carrier_lost", {{"wan", name_of(wan)}});
    if (carrier) report(setup_->data_plane.restore(wan, failover_.active()));
    if (is_deciding) act(failover_.carrier(wan, carrier, now), now);
  }
}

void Daemon::run_checks() {
  for (std::size_t wan = 0; wan < setup_->checks.size(); ++wan) {
    auto& checks = setup_->checks[wan];
    const auto now = Clock::now();
    for (const auto& result : checks.step(now)) {
      if (checks.is_change(result))
        log_.add(now, result.answered ? "check_answered" : "check_lost",
                 {{"wan", name_of(wan)}, {"check", result.number}, {"targets", result.targets}});
      act(failover_.check(wan, result.answered, now), now);
    }
  }
}

void Daemon::act(const Decisions& decisions, Instant at) {
  for (const auto& decision : decisions) {
    if (decision.kind == DecisionKind::kSwitch)
      switch_over(decision, at);
    else
      log_.add(at, decision.kind == DecisionKind::kWanUp ? "wan_up" : "wan_down",
               {{"wan", name_of(decision.wan)}, {"reason", decision.reason}});
    // What was decided is done before it is told.
    alert(alerts_.take(decision, at));
  }
}

void Daemon::switch_over(const Decision& decision, Instant at) {
  const auto refused = setup_->data_plane.point_at(decision.wan);
  const auto routed = Clock::now();
  log_.add(at, "switch",
           {{"wan", name_of(decision.wan)},
            {"from", name_of(decision.from)},
            {"reason", decision.reason},
            {"took_us", (routed - at) / std::chrono::microseconds{1}}});
  report(refused);
  const auto wanted = setup_->config.flush_conntrack;
  const bool is_failover = decision.wan > decision.from;
  if (wanted == Flush::kOff || (wanted == Flush::kOnFailover && !is_failover)) return;
  try {
    setup_->data_plane.flush_connections();
    log_.add(Clock::now(), "flush");
  } catch (const std::system_error& error) {
    report({error.what()});
  }
}

void Daemon::report(const Refusals& refusals) {
  for (const auto& text : refusals)
    log_.add(Clock::now(), "error", {{"message", text}});
}

void Daemon::tell_when_ready() {
  if (is_ready_ || !std::ranges::all_of(setup_->checks, &WanChecks::has_result)) return;
  is_ready_ = true;
  log_.add(Clock::now(), "ready", {{"wan", name_of(failover_.active())}});
}

void Daemon::read_signals() {
  signalfd_siginfo info{};
  while (::read(signals_.get(), &info, sizeof info) == sizeof info) {
    if (info.ssi_signo == SIGHUP)
      reload();
    else
      is_stopping_ = true;
  }
}

bool Daemon::reload() {
  try {
    auto fresh =
        std::make_unique<Setup>(parse_refrouter_config(read_file(config_path_), config_path_));
    if (fresh->config.control != setup_->config.control)
      throw ConfigError{{{{.file = config_path_}, "control: a reload cannot change it"}}};
    fresh->start_checks(Clock::now());
    // A WAN of the same name keeps what is known of it.
    std::vector<WanHealth> healths(fresh->config.wans.size());
    for (std::size_t wan = 0; wan < healths.size(); ++wan)
      if (const auto old = setup_->find(fresh->config.wans[wan].name)) {
        healths[wan] = failover_.wans()[*old];
        fresh->carrier[wan] = setup_->carrier[*old];
      }
    const auto active = fresh->find(name_of(failover_.active())).value_or(0);
    install(*fresh, active);
    failover_ = Failover{policy_of(fresh->config), std::move(healths), active};
    setup_ = std::move(fresh);
    begin_alerts();
    log_.add(Clock::now(), "reload");
    return true;
  } catch (const std::exception& error) {
    log_.add(Clock::now(), "reload_failed", {{"message", error.what()}});
    return false;
  }
}

std::string Daemon::answer(const std::string& request) {
  const auto now = Clock::now();
  log_.add(now, "command", {{"command", request}});
  if (request == "reload")
    return reload() ? done_text() : refusal_text("the new configuration was refused; see the log");
  if (request == "failover") {
    const auto decisions = failover_.failover(now);
    act(decisions, now);
    return decisions.empty() ? refusal_text("no other WAN works") : done_text();
  }
  if (request == "failback") {
    act(failover_.failback(now), now);
    return done_text();
  }
  if (request == "status") return status_text(setup_->config, failover_);
  return refusal_text("no such command: " + request);
}

const std::string& Daemon::name_of(std::size_t wan) const {
  return setup_->config.wans[wan].name;
}

}  // namespace wandrill
