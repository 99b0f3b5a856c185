// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <fstream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/error.hpp"
#include "base/process_state.hpp"
#include "base/testing/catch.hpp"
#include "fault/testing/live_stage.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

/// A router whose one program is a shell script, followed as a run follows it.
class Daemon {
 public:
  Daemon(LiveStage& stage, const std::string& script)
      : plan_{.name = "test",
              .processes = {{.name = "daemon",
                             .command = {"/bin/sh", "-c", script},
                             .ready_pattern = "ready",
                             .ready_within = 10s}}},
        router_{stage.node("router"), plan_, [](const auto&, const auto&) {}} {
    router_.start();
    const auto keep = [this](const std::exception_ptr& error) {
      if (error) thrown_ = error;
    };
    boost::asio::co_spawn(io_, router_.follow(0), keep);
    wait([this] { return state().ready; });
  }

  /// Lets the router's tasks go on until `holds`, at most 10 s.
  bool wait(const std::function<bool()>& holds) {
    const auto deadline = Clock::now() + 10s;
    while (!holds() && Clock::now() < deadline)
      io_.run_for(5ms);
    return holds();
  }
  std::string wait_for_evidence(LabFault& fault) {
    std::string evidence;
    wait([&] { return !(evidence = fault.evidence()).empty(); });
    return evidence;
  }
  /// What the run would end with; "" while all is well.
  std::string error() {
    io_.run_for(100ms);
    try {
      if (thrown_) std::rethrow_exception(thrown_);
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  }
  [[nodiscard]] ProgramState state() { return router_.state_of("daemon"); }
  [[nodiscard]] LabFaultStage on(const LabFaultStage& stage) {
    return {.plan = stage.plan, .lab = stage.lab, .router = router_};
  }

 private:
  RouterPlan plan_;
  Router router_;
  boost::asio::io_context io_{1};
  std::exception_ptr thrown_;
};

constexpr const char* kObedient = "echo ready; exec sleep 1000";
constexpr const char* kStubborn = "trap '' TERM; echo ready; while :; do sleep 1; done";

FaultAction fault_of(FaultKind kind) {
  return {.kind = kind, .lab = {.process = "daemon"}};
}

}  // namespace

TEST_CASE(
    "kill: the program is dead, the run goes on, the kernel forwards; restored, it runs again") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - at: 1s\n"};
    Daemon daemon{stage, kObedient};
    Talk v4{stage, "100.64.1.2", "internet", "203.0.113.10"};
    Talk v6{stage, "2001:db8:a::2", "internet", "2001:db8:f::10"};
    const auto before = stage.everything();
    const auto action = fault_of(FaultKind::kKill);
    const auto fault = make_lab_fault(action, daemon.on(stage.stage()));
    const auto first = daemon.state().pid;
    fault->apply();
    Json result{!daemon.wait_for_evidence(*fault).empty(), daemon.state().runs, daemon.error(),
                soon([&] { return Json(v4.up()); }), soon([&] { return Json(v6.up()); })};
    fault->undo();
    result.push_back(!daemon.wait_for_evidence(*fault).empty());
    result.push_back(daemon.state().runs && daemon.state().ready && daemon.state().pid != first);
    result.push_back(daemon.error());
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen == Json{true, false, "", true, true, true, true, "", ""});
}

TEST_CASE(
    "A program that dies by itself ends the run with its last words, also after a fault on it") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - at: 1s\n"};
    Daemon daemon{stage, kObedient};
    const auto action = fault_of(FaultKind::kKill);
    const auto fault = make_lab_fault(action, daemon.on(stage.stage()));
    fault->apply();
    daemon.wait_for_evidence(*fault);
    fault->undo();
    daemon.wait_for_evidence(*fault);
    auto result = Json::array({daemon.error()});
    ::kill(daemon.state().pid, SIGKILL);
    std::string error;
    daemon.wait([&] { return !(error = daemon.error()).empty(); });
    result.push_back(error);
    return result;
  });
  REQUIRE(seen.is_array());
  CHECK(seen[0] == "");
  CHECK_THAT(
      seen[1].get<std::string>(),
      Catch::Matchers::Contains("the router's daemon was killed by signal 9 during the run"));
}

TEST_CASE("stop: the program is there and does nothing; restored, the same one goes on") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - at: 1s\n"};
    Daemon daemon{stage, kObedient};
    const auto action = fault_of(FaultKind::kStop);
    const auto fault = make_lab_fault(action, daemon.on(stage.stage()));
    const auto first = daemon.state().pid;
    fault->apply();
    Json result{!daemon.wait_for_evidence(*fault).empty(), daemon.state().halted,
                daemon.state().runs};
    fault->undo();
    result.push_back(!daemon.wait_for_evidence(*fault).empty());
    result.push_back(daemon.state().halted);
    result.push_back(daemon.state().pid == first);
    result.push_back(daemon.error());
    return result;
  });
  CHECK(seen == Json{true, true, true, true, false, true, ""});
}

TEST_CASE("restart: another process runs at once, also when the first will not end") {
  for (const auto* script : {kObedient, kStubborn}) {
    const auto seen = in_cell([script] {
      LiveStage stage{"  - at: 1s\n"};
      Daemon daemon{stage, script};
      const auto action = fault_of(FaultKind::kRestart);
      const auto fault = make_lab_fault(action, daemon.on(stage.stage()));
      const auto first = daemon.state().pid;
      fault->apply();
      auto result = Json::array({!daemon.wait_for_evidence(*fault).empty()});
      result.push_back(daemon.state().runs && daemon.state().pid != first);
      result.push_back(::kill(first, 0) == 0);
      result.push_back(daemon.error());
      return result;
    });
    CHECK(seen == Json{true, true, false, ""});
  }
}

TEST_CASE("exec: a command that does not end is ended, with what it started") {
  const auto seen = in_cell([] {
    LiveStage stage{
        "  - {at: 1s, fault: exec, run: [sh, -c, 'sleep 60 & echo $! > /run/left; wait']}\n"};
    const auto fault = stage.make(0);
    fault->apply();
    const auto left = [] {
      std::ifstream file{"/run/left"};
      pid_t pid = 0;
      file >> pid;
      return pid;
    };
    auto result = Json::array({soon([&] { return Json(left() > 0); }), fault->evidence()});
    const auto pid = left();
    fault->give_up();
    result.push_back(soon([&] { return Json(!is_alive(pid)); }));
    return result;
  });
  CHECK(seen == Json{true, "", true});
}

TEST_CASE("A command of the router's ends by its deadline") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - at: 1s\n"};
    boost::asio::io_context io{1};
    const auto run = [&](const char* script, Nanos deadline) {
      const NamedCommand command{.name = "test", .command = {"/bin/sh", "-c", script}};
      std::optional<int> status;
      boost::asio::co_spawn(io, stage.router().run_command(command, deadline),
                            [&](const std::exception_ptr& error, std::optional<int> end) {
                              if (error) std::rethrow_exception(error);
                              status = end;
                            });
      io.restart();
      io.run();
      return status ? Json(*status) : Json("killed");
    };
    return Json{run("exit 3", 60s), run("kill -TERM $$", 60s), run("sleep 60 & sleep 60", 100ms)};
  });
  CHECK(seen == Json{3, 128 + 15, "killed"});
}

TEST_CASE("exec: the command acts on the router's network, and its undoing undoes it") {
  const auto seen = in_cell([] {
    LiveStage stage{
        "  - {at: 1s, fault: exec, run: [sh, -c, 'echo 0 > /proc/sys/net/ipv4/ip_forward'],\n"
        "     undo: [sh, -c, 'echo 1 > /proc/sys/net/ipv4/ip_forward']}\n"
        "  - {at: 2s, fault: exec, run: [sh, -c, 'echo no ${wan_a.gateway4}; exit 3']}\n"};
    const auto forwarding = [&] {
      return stage.node("router").ns.run([] {
        std::ifstream file{"/proc/sys/net/ipv4/ip_forward"};
        std::string text;
        file >> text;
        return text;
      });
    };
    const auto fault = stage.make(0);
    auto result = Json::array({forwarding()});
    fault->apply();
    result.push_back(!wait_for_evidence(*fault).empty());
    result.push_back(forwarding());
    fault->undo();
    result.push_back(!wait_for_evidence(*fault).empty());
    result.push_back(forwarding());
    const auto failing = stage.make(1);
    failing->apply();
    try {
      result.push_back(wait_for_evidence(*failing));
    } catch (const MachineError& error) {
      result.push_back(error.what());
    }
    return result;
  });
  REQUIRE(seen.is_array());
  CHECK(Json(std::vector<Json>{seen.begin(), seen.end() - 1}) == Json{"1", true, "0", true, "1"});
  CHECK_THAT(
      seen.back().get<std::string>(),
      Catch::Matchers::Contains("ended with exit status 3; its last lines:\n  no 100.64.1.1"));
}
