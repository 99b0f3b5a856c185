// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "refrouter/alert_sender.hpp"
#include "refrouter/config.hpp"
#include "refrouter/control.hpp"
#include "refrouter/data_plane.hpp"
#include "refrouter/failover.hpp"
#include "refrouter/link_watch.hpp"
#include "refrouter/log.hpp"
#include "refrouter/wan_checks.hpp"

namespace wandrill {

/// The reference router: one thread that sleeps until something happens or is due, lets the pure
/// parts decide, and does what they decided.
class Daemon {
 public:
  /// Reads and checks the configuration; changes nothing in the kernel. Throws ConfigError,
  /// std::system_error or MachineError.
  Daemon(std::string config_path, int log_fd);

  /// Routes until SIGTERM or SIGINT; leaves routes, rules and NAT as they are then.
  void run();

 private:
  /// What follows from one configuration.
  struct Setup {
    explicit Setup(RefrouterConfig read);
    /// Begins the health checks.
    void start_checks(Instant now);
    /// The place of the WAN with this name.
    [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const;

    RefrouterConfig config;
    DataPlane data_plane;
    std::deque<WanChecks> checks;  ///< Empty when detection is off.
    std::vector<bool> carrier;
  };

  void start();
  void install(Setup& setup, std::size_t active);
  void wait();
  void step();
  void look_at_carriers();
  void run_checks();
  void read_signals();
  std::string answer(const std::string& request);
  /// Whether the new configuration is in force; logs either way.
  bool reload();
  void act(const Decisions& decisions, Instant at);
  void switch_over(const Decision& decision, Instant at);
  void alert(const std::vector<Alert>& alerts);
  void begin_alerts();
  void report(const Refusals& refusals);
  void tell_when_ready();
  [[nodiscard]] std::optional<Instant> next_deadline() const;
  [[nodiscard]] const std::string& name_of(std::size_t wan) const;

  std::string config_path_;
  Log log_;
  std::unique_ptr<Setup> setup_;
  Failover failover_;
  Alerts alerts_;
  std::optional<AlertSender> alert_sender_;
  LinkWatch link_watch_;
  std::optional<ControlServer> control_;
  UniqueFd signals_;
  bool is_ready_ = false;
  bool is_stopping_ = false;
};

}  // namespace wandrill
