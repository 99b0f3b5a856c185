// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measure/measurements.hpp"
#include "plan/plan.hpp"
#include "record/recording.hpp"

namespace wandrill::testing {

/// Makes up a run: a Plan with two WANs (wan_a is preferred; 4 ms and 25 ms one way) and the
/// Recording of what was sent, received and tapped. Instants are since the start of the timeline.
///
///     RunBuilder{}.session("call", 20ms).cut("wan_a", 5s, 10s).move("wan_b", 6s).end(15s)
///
/// Packets that leave by a WAN while it is cut are lost; all others arrive.
class RunBuilder {
 public:
  RunBuilder();

  RunBuilder& session(const std::string& name, Nanos interval, TrafficKind kind = TrafficKind::kRtp,
                      Family family = Family::kIpv4);
  /// What only an http session has.
  RunBuilder& http(const std::string& name, HttpPlan http);
  /// One of several under one name: "call.1".
  RunBuilder& member(const std::string& group, int number, Nanos interval);
  /// Cuts a WAN; `until` 0: it is never restored. The fault's id is `id`, its restore's "mend " +
  /// id.
  RunBuilder& cut(const std::string& wan, Nanos from, Nanos until, const std::string& id = "cut",
                  FailoverDuty duty = FailoverDuty::kRequired);
  /// A fault that the plan has and no packet meets; its restore's id is "mend " + its own.
  RunBuilder& fault(FaultAction fault, Nanos from, Nanos until);
  /// Makes a server deaf, as `fault: monitor_target` does; its packets are lost by lose().
  RunBuilder& deafen(Nanos from, Nanos until);
  /// A link that flaps: down and up in turn, beginning with down, every `every`.
  RunBuilder& flap(const std::string& wan, Nanos from, Nanos until, Nanos every);
  /// From `at` on, packets of the session (of all, if empty) leave by `wan`.
  RunBuilder& move(const std::string& wan, Nanos at, const std::string& session = "");
  /// Packets of a flow scheduled in between are lost, whatever the link does.
  RunBuilder& lose(const std::string& flow, Nanos from, Nanos until);
  RunBuilder& duplicate(const std::string& flow, Nanos scheduled);
  /// The packet arrives this much later than it would.
  RunBuilder& hold(const std::string& flow, Nanos scheduled, Nanos longer);
  RunBuilder& refuse(const std::string& flow, Nanos from, Nanos until);
  RunBuilder& stall(Nanos from, Nanos until);
  RunBuilder& event(Event one);
  RunBuilder& expect(ExpectationPlan one);
  /// Traffic ends here; the recording 2 s later.
  RunBuilder& end(Nanos at, RunEnding ending = RunEnding::kComplete);
  /// The recording breaks off here, while packets are on their way.
  RunBuilder& interrupt(Nanos at);

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] Recording recording() const;
  [[nodiscard]] Measurements measurements() const;

 private:
  struct Cut {
    std::string wan;
    Nanos from;
    Nanos until;
  };
  struct Move {
    Nanos at;
    std::string session;
    std::uint8_t wan;
  };
  struct Part {
    Nanos from;
    Nanos until;
  };
  void add_flow(const std::string& name, Direction direction);
  /// A fault or restore, requested, applied and observed.
  void add_instants(FaultEvent event, Nanos at);
  void add_fault(const FaultAction& fault, Nanos at);
  void add_restore(const RestoreAction& restore, const FaultAction& fault, Nanos at);
  [[nodiscard]] std::uint8_t wan_at(const SessionPlan& session, Nanos at) const;
  [[nodiscard]] bool is_cut(std::uint8_t wan, Nanos at) const;
  [[nodiscard]] bool is_in(const std::map<std::string, std::vector<Part>>& parts,
                           const std::string& flow, Nanos at) const;
  void play(const FlowPlan& flow, Recording& recording) const;

  Plan plan_;
  std::vector<Event> events_;
  std::vector<Cut> cuts_;
  std::vector<Move> moves_;
  std::map<std::string, std::vector<Part>> lost_;
  std::map<std::string, std::vector<Part>> refused_;
  std::map<std::string, std::vector<Nanos>> duplicated_;
  std::map<std::string, std::map<Nanos, Nanos>> held_;
  Nanos end_{0};
  Nanos recorded_until_{0};
  RunEnding ending_ = RunEnding::kComplete;
};

}  // namespace wandrill::testing
