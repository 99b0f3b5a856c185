// SPDX-License-Identifier: Apache-2.0
#include "scenario/defaults.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;
}  // namespace

const SectionInfo& scenario_section() {
  static const SectionInfo info{
      "scenario",
      "A drill: the network, the traffic, what breaks when, and what must hold.",
      {
          {.key = "scenario",
           .kind = kName,
           .required = true,
           .documentation = "Its name; best the file's name without .yaml."},
          {.key = "description", .kind = kText, .documentation = "One sentence for people."},
          {.key = "topology",
           .kind = kName,
           .required = true,
           .documentation = "A topology's name, a path that ends in .yaml or, for Mininet, in .py, "
                            "or a Mininet topology.",
           .section = mininet_section},
          {.key = "router",
           .kind = kName,
           .documentation = "A router profile's name, or a path that ends in .yaml.",
           .fallback = "reference"},
          {.key = "engine",
           .kind = kWord,
           .documentation = "How WAN links are impaired; auto takes netem where the kernel has it.",
           .fallback = "auto",
           .words = {"auto", "netem", "wire"}},
          {.key = "seed",
           .kind = kCount,
           .documentation = "Everything random comes from it: the same seed, the same run.",
           .fallback = std::to_string(defaults::kSeed)},
          {.key = "trials",
           .kind = kCount,
           .documentation = "How often the scenario runs, each time with a seed of its own.",
           .fallback = "1"},
          {.key = "optional",
           .kind = kYesNo,
           .documentation =
               "A missing capability of the machine skips the scenario instead of failing it.",
           .fallback = "no"},
          {.key = "phase_jitter",
           .kind = kDuration,
           .documentation = "Each fault comes up to this much later, so that it does not always "
                            "hit the same phase of the router's timers.",
           .fallback = to_string(defaults::kPhaseJitter)},
          {.key = "duration",
           .kind = kDuration,
           .documentation = "The timeline lasts at least this long.",
           .fallback = "until the last step"},
          {.key = "steady",
           .kind = kSection,
           .documentation =
               "What counts as steady before the first fault and after the last restore.",
           .section = steady_section},
          {.key = "sustained_for",
           .kind = kDuration,
           .documentation =
               "Traffic without loss for this long counts as converged (RFC 6412 3.7.5).",
           .fallback = to_string(defaults::kSustainedFor)},
          {.key = "traffic",
           .kind = kSection,
           .shape = Shape::kMap,
           .required = true,
           .documentation = "The sessions, by name.",
           .section = session_section},
          {.key = "timeline",
           .kind = kSection,
           .shape = Shape::kList,
           .required = true,
           .documentation = "The steps, in order.",
           .section = step_section},
          {.key = "abort",
           .kind = kSection,
           .shape = Shape::kList,
           .documentation = "What stops the drill at once: every fault is restored, and it fails.",
           .section = abort_section},
          {.key = "expect",
           .kind = kSection,
           .shape = Shape::kList,
           .documentation = "What must hold for the run to pass.",
           .section = expectation_section},
      }};
  return info;
}

const SectionInfo& steady_section() {
  static const SectionInfo info{
      "steady section",
      "The steady state: no flow loses a packet.",
      {
          {.key = "for",
           .kind = kDuration,
           .documentation = "How long no packet may be lost.",
           .fallback = to_string(defaults::kSteadyFor)},
          {.key = "within",
           .kind = kDuration,
           .documentation = "How long to wait for it; after that the run is an error (before the "
                            "first fault) or a failure (after the last restore).",
           .fallback = to_string(defaults::kSteadyWithin)},
          {.key = "failback_within",
           .kind = kDuration,
           .documentation =
               "How long after the last restore to wait for the router to take traffic "
               "back to the WANs that it left by before the first fault; 0s: not at "
               "all. Traffic that has not come back by then fails nothing by itself.",
           .fallback = to_string(defaults::kFailbackWithin)},
      }};
  return info;
}

const SectionInfo& condition_section() {
  static const SectionInfo info{
      "condition",
      "A state of the running network; exactly one key.",
      {
          {.key = "egress",
           .kind = kName,
           .documentation = "The traffic of every session leaves by this WAN."},
          {.key = "flowing",
           .kind = kName,
           .documentation =
               "This session, group of calls or flow arrives without loss; all: every one."},
          {.key = "log",
           .kind = kText,
           .documentation =
               "The router's log has a line that this regular expression (RE2) matches."},
      }};
  return info;
}

const SectionInfo& abort_section() {
  static const SectionInfo info{
      "abort condition",
      "A state that stops the drill; exactly one key beside for.",
      {
          {.key = "silent",
           .kind = kName,
           .documentation =
               "No packet of one of the flows of this session, group or flow arrives; all: of any "
               "session."},
          {.key = "egress",
           .kind = kName,
           .documentation = "The traffic of every session leaves by this WAN."},
          {.key = "log",
           .kind = kText,
           .documentation =
               "The router's log has a line that this regular expression (RE2) matches."},
          {.key = "for",
           .kind = kDuration,
           .documentation = "How long it must hold; silent needs it.",
           .fallback = "0s"},
      }};
  return info;
}

const SectionInfo& expectation_section() {
  static const SectionInfo info{
      "expectation",
      "A bound on a metric, a state that comes about, or the fate of a session.",
      {
          {.key = "metric",
           .kind = kName,
           .documentation = "A metric's name, as docs/metrics.md lists them."},
          {.key = "during",
           .kind = kName,
           .documentation = "The metric of this phase of the run only: before, failover, backup, "
                            "failback or after."},
          {.key = "at_most",
           .kind = kBound,
           .documentation = "Upper bound, with the metric's unit."},
          {.key = "at_least",
           .kind = kBound,
           .documentation = "Lower bound, with the metric's unit."},
          {.key = "equals", .kind = kBound, .documentation = "The exact value, for counts."},
          {.key = "egress",
           .kind = kName,
           .documentation = "The traffic of every session leaves by this WAN."},
          {.key = "flowing",
           .kind = kName,
           .documentation =
               "This session, group of calls or flow arrives without loss; all: every one."},
          {.key = "log",
           .kind = kText,
           .documentation =
               "The router's log has a line that this regular expression (RE2) matches."},
          {.key = "alert",
           .kind = kText,
           .documentation = "A monitor is told, by syslog, an SNMP trap or a webhook, what this "
                            "regular expression (RE2) matches."},
          {.key = "by",
           .kind = kWord,
           .documentation = "Of an alert: in which of these ways it must be told.",
           .fallback = "any",
           .words = {"syslog", "snmp_trap", "webhook"}},
          {.key = "after",
           .kind = kName,
           .documentation = "The label of the step after which the state must come about.",
           .fallback = "start"},
          {.key = "within", .kind = kDuration, .documentation = "How soon after that step."},
          {.key = "for",
           .kind = kDuration,
           .documentation = "How long the state must then hold.",
           .fallback = "0s"},
          {.key = "session", .kind = kName, .documentation = "A session."},
          {.key = "fate",
           .kind = kWord,
           .shape = Shape::kList,
           .documentation = "What may have become of the session.",
           .words = {"survived", "stalled", "reset", "hung", "never_recovered"}},
      }};
  return info;
}

}  // namespace wandrill
