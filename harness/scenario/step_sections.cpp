// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "scenario/defaults.hpp"
#include "scenario/fault_kinds.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;

std::vector<std::string> fault_words() {
  std::vector<std::string> words;
  for (const auto& [kind, word] : kFaultWords)
    words.emplace_back(word);
  return words;
}

}  // namespace

const SectionInfo& step_section() {
  static const SectionInfo info{
      "step",
      "One step of the timeline: when, and what is done then.",
      {
          {.key = "at",
           .kind = kDuration,
           .documentation = "When: this long after the start of the timeline."},
          {.key = "wait",
           .kind = kDuration,
           .documentation = "When: this long after the step before."},
          {.key = "wait_until",
           .kind = kSection,
           .documentation = "When: as soon as this condition holds.",
           .section = condition_section},
          {.key = "after",
           .kind = kText,
           .documentation = "When: as soon as this event happens, or a time after it, as in "
                            "\"failover + 200ms\"."},
          {.key = "deadline",
           .kind = kDuration,
           .documentation = "Of wait_until: go on after this long even if the condition does not "
                            "hold; the run then fails. Of after: an event that has not come for "
                            "this long makes the run an error. Of a command without either: one "
                            "that has not ended after this long is killed, and the run fails.",
           .fallback = fmt::format("after {}, command {}", to_string(defaults::kEventDeadline),
                                   to_string(defaults::kCommandDeadline))},
          {.key = "fault",
           .kind = kWord,
           .documentation = "Breaks a WAN, a server or the router until it is restored.",
           .words = fault_words()},
          {.key = "on", .kind = kName, .documentation = "The WAN, or the server, that breaks."},
          {.key = "as",
           .kind = kName,
           .documentation = "A label for this step, to restore it and to expect things after it.",
           .fallback = "what is done and to what, e.g. \"carrier wan_a\""},
          {.key = "direction",
           .kind = kWord,
           .documentation = "Which direction breaks; up is away from home.",
           .fallback = "both",
           .words = {"up", "down", "both"}},
          {.key = "filter",
           .kind = kSection,
           .documentation = "Only these packets meet the fault; all others pass as before.",
           .fallback = "every frame",
           .section = filter_section},
          {.key = "loss",
           .kind = kPercent,
           .documentation = "Of faults loss and brownout: the share of frames lost at random.",
           .fallback = "brownout " + to_string(defaults::kBrownoutLoss)},
          {.key = "burst",
           .kind = kSection,
           .documentation = "Of fault loss: loses frames in bursts.",
           .section = burst_section},
          {.key = "correlation",
           .kind = kPercent,
           .documentation = "Of faults loss, jitter, reorder, duplicate and corrupt: how much the "
                            "fate of a frame leans on that of the one before.",
           .fallback = "0%"},
          {.key = "reorder",
           .kind = kPercent,
           .documentation = "Of fault reorder: the share of frames that overtake the others."},
          {.key = "duplicate",
           .kind = kPercent,
           .documentation = "Of fault duplicate: the share of frames that arrive twice."},
          {.key = "corrupt",
           .kind = kPercent,
           .documentation = "Of fault corrupt: the share of frames in which one bit is flipped."},
          {.key = "delay",
           .kind = kDuration,
           .documentation =
               "Of faults delay and brownout: added to the line's own delay, each way. Of fault "
               "reorder: the same, for the frames that are overtaken. Of fault dns, slow: how much "
               "later answers come.",
           .fallback = "brownout " + to_string(defaults::kBrownoutDelay)},
          {.key = "jitter",
           .kind = kDuration,
           .documentation = "Of faults jitter and brownout: the delay varies by this much up and "
                            "down; order is kept. Of fault flap: each edge comes up to this much "
                            "later.",
           .fallback = "brownout " + to_string(defaults::kBrownoutJitter) + ", flap 0s"},
          {.key = "rate",
           .kind = kRate,
           .documentation = "Of faults rate and brownout: the line's rate.",
           .fallback = "brownout " + to_string(defaults::kBrownoutRate)},
          {.key = "queue",
           .kind = kSize,
           .documentation = "Of faults rate and brownout: the most bytes that wait for the line.",
           .fallback = "from rate and delay, at least 1000 frames"},
          {.key = "of",
           .kind = kWord,
           .documentation = "Of fault flap: what comes and goes.",
           .fallback = "carrier",
           .words = {"carrier", "far_end", "blackhole"}},
          {.key = "period",
           .kind = kDuration,
           .documentation = "Of fault flap: from one going down to the next."},
          {.key = "duty",
           .kind = kPercent,
           .documentation = "Of fault flap: the share of the period for which the link is down.",
           .fallback = to_string(defaults::kFlapDuty)},
          {.key = "count",
           .kind = kCount,
           .documentation = "Of fault flap: how often it goes down."},
          {.key = "over",
           .kind = kDuration,
           .documentation = "Of faults with a value: it grows evenly from nothing to the full "
                            "value over this time.",
           .fallback = "0s"},
          {.key = "mode",
           .kind = kWord,
           .documentation = "Of fault arp: the gateway answers nobody who asks for it, or has "
                            "another hardware address. Of faults dns and dhcp: how the server "
                            "misbehaves.",
           .fallback = "arp silent",
           .words = {"silent", "new_mac", "timeout", "servfail", "slow", "hijack", "nak", "expiry",
                     "new_address"}},
          {.key = "address",
           .kind = kAddress,
           .shape = Shape::kList,
           .documentation = "Of fault dns, hijack: the false address, at most one per IP version. "
                            "Of fault dhcp, new_address: the new one."},
          {.key = "mtu",
           .kind = kSize,
           .documentation = "Of fault mtu: the largest IP packet that passes, its header "
                            "included; 68B to 1499B."},
          {.key = "too_big",
           .kind = kYesNo,
           .documentation = "Of fault mtu: whether the sender of a larger packet is told (ICMP).",
           .fallback = "yes"},
          {.key = "process",
           .kind = kName,
           .documentation = "Of faults kill, stop and restart: the router's program.",
           .fallback = "the profile's first"},
          {.key = "run",
           .kind = kText,
           .shape = Shape::kList,
           .documentation = "Of fault exec: program and arguments, run in the router's namespace; "
                            "no shell."},
          {.key = "undo",
           .kind = kText,
           .shape = Shape::kList,
           .documentation = "Of fault exec: program and arguments that the restore runs."},
          {.key = "failover",
           .kind = kWord,
           .documentation = "What the router must do about the fault.",
           .fallback = "required if the fault kills the best usable WAN in both directions and "
                       "another is left; forbidden with monitor_target and nat_rebind; else "
                       "either",
           .words = {"required", "forbidden", "either"}},
          {.key = "restore",
           .kind = kText,
           .documentation = "Undoes the fault of this label; all: every fault in force."},
          {.key = "command",
           .kind = kName,
           .documentation = "Runs this command of the router profile."},
          {.key = "repeat",
           .kind = kSection,
           .documentation = "Steps that are done several times over.",
           .section = repeat_section},
          {.key = "random",
           .kind = kSection,
           .documentation = "Faults drawn from the seed, one after another.",
           .section = random_section},
      }};
  return info;
}

const SectionInfo& burst_section() {
  static const SectionInfo info{
      "burst",
      "Loss in bursts, by the model of Gilbert and Elliott: a line is in a burst or between two.",
      {
          {.key = "enter",
           .kind = kPercent,
           .required = true,
           .documentation = "The chance, per frame, that a burst begins (p)."},
          {.key = "leave",
           .kind = kPercent,
           .required = true,
           .documentation = "The chance, per frame, that a burst ends (r): 25% makes it 4 frames "
                            "long on average."},
          {.key = "loss_in_burst",
           .kind = kPercent,
           .documentation = "The share of frames lost within a burst (1-h).",
           .fallback = to_string(defaults::kLossInBurst)},
          {.key = "loss_between",
           .kind = kPercent,
           .documentation = "The share of frames lost between bursts (1-k).",
           .fallback = to_string(defaults::kLossBetween)},
      }};
  return info;
}

const SectionInfo& repeat_section() {
  static const SectionInfo info{
      "repeat",
      "Steps that are done several times over.",
      {
          {.key = "times", .kind = kCount, .required = true, .documentation = "How often."},
          {.key = "steps",
           .kind = kSection,
           .shape = Shape::kList,
           .required = true,
           .documentation = "The steps; they use wait and wait_until, not at.",
           .section = step_section},
      }};
  return info;
}

const SectionInfo& random_section() {
  static const SectionInfo info{
      "random schedule",
      "Faults drawn from the seed, one after another, each restored before the next.",
      {
          {.key = "times", .kind = kCount, .required = true, .documentation = "How many faults."},
          {.key = "gap",
           .kind = kDuration,
           .required = true,
           .documentation = "From a restore to the next fault, at least."},
          {.key = "gap_up_to",
           .kind = kDuration,
           .documentation = "The same, at most.",
           .fallback = "gap"},
          {.key = "lasting",
           .kind = kDuration,
           .required = true,
           .documentation = "How long each fault is in force, at least."},
          {.key = "lasting_up_to",
           .kind = kDuration,
           .documentation = "The same, at most.",
           .fallback = "lasting"},
          {.key = "faults",
           .kind = kSection,
           .shape = Shape::kList,
           .required = true,
           .documentation = "What may happen: steps with a fault and no time; one is drawn each "
                            "time.",
           .section = step_section},
      }};
  return info;
}

}  // namespace wandrill
