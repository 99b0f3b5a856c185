// SPDX-License-Identifier: Apache-2.0
// conformance wire|netem [--seed N] [--rows]: measures every impairment on an engine; --rows prints
// fields between tabs, for ci/conformance_table.
// conformance wire|netem --off: programs each a fifth too low and a fifth too high; every one of
// them must be caught.
// Exit codes: 0 all is well, 1 not, 3 this machine cannot tell, 77 it has not what is needed.
#include <cstdio>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "link/choose_engine.hpp"
#include "link/impaired_link.hpp"
#include "link/wire/relay.hpp"
#include "net/receive_cpu.hpp"
#include "programs/conformance/checks.hpp"

namespace wandrill {
namespace {

using testing::Rig;

constexpr int kTries = 4;

struct Options {
  Engine engine = Engine::kWire;
  std::uint64_t seed = 7;
  bool off = false;
  bool rows = false;
  std::string only;
};

/// What an engine is told to do.
struct Programmed {
  Impairment impairment{};
  TrafficFilter filter{};  ///< Empty: for every frame.
};

/// A link of its own, so that no case is in the way of another.
StreamResult play(const Options& options, const Programmed& programmed, const StreamPlan& stream) {
  for (int i = 1;; ++i) {
    const Rig rig;
    std::optional<Relay> relay;
    if (options.engine == Engine::kWire) relay.emplace();
    const bool filtered = !programmed.filter.empty();
    auto settings = rig.settings(filtered ? Impairment{} : programmed.impairment);
    settings.seed = options.seed;
    if (options.engine == Engine::kNetem)  // as LiveLab does
      receive_on_one_cpu({{rig.router, Rig::kPort},
                          {rig.slot, settings.router_side},
                          {rig.slot, settings.isp_side},
                          {rig.isp, Rig::kPort}},
                         0);
    if (filtered) settings.filters = {programmed.filter};
    ImpairedLink link{rig.slot, settings, options.engine, relay ? &*relay : nullptr};
    if (filtered) link.change_stage(0, Direction::kUp, programmed.impairment);
    auto result = send_stream(rig, stream);
    result.lost_by_tester += link.counters(Direction::kUp).harness_dropped;
    if (result.lost_by_tester == 0 || i == kTries) return result;
  }
}

Nanos baseline_of(const Options& options) {
  const auto result =
      play(options, {}, {.count = 300, .at_once = 1, .interval = std::chrono::milliseconds{1}});
  Nanos least = std::chrono::hours{1};
  for (const auto& frame : result.frames)
    if (frame.arrived) least = std::min<Nanos>(least, *frame.arrived - frame.sent);
  return least;
}

void print_row(const Case& tested, const Measured& one) {
  fmt::print("row\t{}\t{}\t{}\t{:.6g}\t{:.6g}\t{:.6g}\t{:.6g}\n", tested.name, one.what, one.unit,
             one.wanted, one.found.low, one.found.value, one.found.high);
}

/// Returns whether everything conforms; nothing when the tester itself lost frames.
std::optional<bool> examine(const Options& options, const Case& tested,
                            const Programmed& programmed, Nanos baseline, bool quiet) {
  const auto result = play(options, programmed, tested.stream);
  if (result.lost_by_tester > 0) {
    fmt::print("{:<28} the tester lost {} frames: cannot tell\n", tested.name,
               result.lost_by_tester);
    return std::nullopt;
  }
  bool all = true;
  for (const auto& one : tested.measure(result, baseline)) {
    all = all && one.conforms();
    if (options.rows) print_row(tested, one);
    if (quiet || options.rows) continue;
    fmt::print("{:<28} {:<28} asked {:>9.4g} found {:>9.4g} [{:.4g}, {:.4g}] {}{}\n", tested.name,
               one.what, one.wanted, one.found.value, one.found.low, one.found.high, one.unit,
               one.conforms() ? "" : "  DOES NOT CONFORM");
  }
  std::fflush(stdout);
  return all;
}

int measure_all(const Options& options, Nanos baseline) {
  int code = 0;
  for (const auto& tested : conformance_cases()) {
    if (tested.name.find(options.only) == std::string::npos) continue;
    const auto conforms = examine(options, tested, {tested.asked, tested.filter}, baseline, false);
    if (!conforms) return 3;
    if (!*conforms) code = 1;
  }
  return code;
}

int catch_all(const Options& options, Nanos baseline) {
  int code = 0;
  for (const auto& tested : conformance_cases())
    for (const double factor : {1.0 - kRelativeError, 1.0 + kRelativeError}) {
      if (tested.name.find(options.only) == std::string::npos) continue;
      const auto filter = tested.distorted_filter ? tested.distorted_filter(factor) : tested.filter;
      const auto conforms =
          examine(options, tested, {tested.distorted(factor), filter}, baseline, true);
      if (!conforms) return 3;
      fmt::print("{:<28} times {}: {}\n", tested.name, factor, *conforms ? "NOT CAUGHT" : "caught");
      if (*conforms) code = 1;
    }
  return code;
}

Options options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string{}; };
    if (words[i] == "netem")
      options.engine = Engine::kNetem;
    else if (words[i] == "--off")
      options.off = true;
    else if (words[i] == "--seed")
      options.seed = std::stoull(value());
    else if (words[i] == "--rows")
      options.rows = true;
    else if (words[i] == "--only")
      options.only = value();
    else if (words[i] != "wire")
      throw std::runtime_error{"unknown word " + words[i]};
  }
  return options;
}

int run(const Options& options) {
  const auto skipped = [](const std::string& reason) {
    fmt::print("skipped: {}\n", reason);
    return 77;
  };
  if (const auto reason = testing::why_no_lab(); !reason.empty()) return skipped(reason);
  if (options.engine == Engine::kNetem && !kernel_has_netem())
    return skipped("this kernel has no netem qdisc");
  const Nanos baseline = baseline_of(options);
  fmt::print("engine {}, seed {}; without impairments a frame takes {}\n",
             to_string(options.engine), options.seed, to_string(baseline));
  return options.off ? catch_all(options, baseline) : measure_all(options, baseline);
}

}  // namespace
}  // namespace wandrill

int main(int argc, char** argv) {
  try {
    return wandrill::run(wandrill::options_of({argv + 1, argv + argc}));
  } catch (const std::exception& error) {
    std::cerr << "conformance: " << error.what() << "\n";
    return 3;
  }
}
