// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "calibrate/calibration.hpp"

namespace wandrill {
namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kYellow = "\x1b[33m";

class Table {
 public:
  explicit Table(bool colour) : colour_{colour} {}

  void line(const std::string& text) { text_ += text + "\n"; }
  void heading(std::string_view text) { line("\n" + painted(std::string{text}, kBold)); }

  void errors(std::string_view what, const ErrorSpread& idle, const ErrorSpread& busy) {
    for (const auto* spread : {&idle, &busy}) {
      line(fmt::format("  {:<28} {:<6} {:>6}  {:>9} {:>9} {:>9} {:>9}", spread == &idle ? what : "",
                       spread == &idle ? "idle" : "busy", spread->count, number(spread->p50),
                       number(spread->p95), number(spread->p99), number(spread->max)));
    }
  }

  void losses(std::string_view condition, const TesterAccuracy& accuracy) {
    for (const auto& loss : accuracy.losses) {
      const double measured =
          loss.sent == 0 ? 0
                         : 100.0 * static_cast<double>(loss.lost) / static_cast<double>(loss.sent);
      line(fmt::format("  {:<12} {:<6} {:>7} %  {:>7.2f} %  {:>6} of {:<6} {:>6} to {:<6} ",
                       loss.flow, condition, loss.requested_percent, measured, loss.lost, loss.sent,
                       loss.low, loss.high) +
           (loss.holds() ? painted("yes", kGreen) : painted("no", kYellow)));
    }
  }

  std::string take() { return std::move(text_); }

 private:
  static std::string number(double milliseconds) { return fmt::format("{:.3f} ms", milliseconds); }
  std::string painted(const std::string& text, std::string_view colour) const {
    return colour_ ? fmt::format("{}{}\x1b[0m", colour, text) : text;
  }

  bool colour_;
  std::string text_;
};

}  // namespace

std::string to_text(const Calibration& calibration, bool colour) {
  Table table{colour};
  table.line(fmt::format("How wrong this tester is: {}{}, Linux {}, engine {}, wandrill {}",
                         calibration.key.vm ? "the VM on " : "", calibration.key.machine,
                         calibration.key.kernel, calibration.key.engine, calibration.key.version));
  table.line(fmt::format("{} CPUs, {}, real-time scheduling: {}", calibration.cpus,
                         calibration.key.root ? "as root" : "as an ordinary user",
                         calibration.realtime_scheduling ? "yes" : "no"));
  const auto& idle = calibration.idle;
  const auto& busy = calibration.busy;
  table.heading(fmt::format("{:<37} {:>6}  {:>9} {:>9} {:>9} {:>9}", "Error of what it measures",
                            "cases", "p50", "p95", "p99", "max"));
  table.errors("outage, by a 1 ms probe", idle.outage_probe, busy.outage_probe);
  table.errors("outage, by a call (20 ms)", idle.outage_call, busy.outage_call);
  table.errors("one-way delay", idle.delay, busy.delay);
  table.errors("timers: late sends", idle.late_sends, busy.late_sends);
  table.heading(fmt::format("{:<21} {:>9}  {:>9}  {:>16} {:>17}  {}", "Losses", "asked for",
                            "measured", "packets", "by chance", "holds"));
  table.losses("idle", idle);
  table.losses("busy", busy);
  table.line(
      fmt::format("\nStalls of more than 10 ms: {} idle (longest {:.1f} ms), {} busy "
                  "(longest {:.1f} ms).",
                  idle.stalls, idle.longest_stall_ms, busy.stalls, busy.longest_stall_ms));
  return table.take();
}

}  // namespace wandrill
