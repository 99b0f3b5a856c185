// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <stdexcept>
#include <utility>

#include "record/recording.hpp"

namespace wandrill {
namespace {

constexpr std::array<std::pair<RunEnding, std::string_view>, 4> kEndings{{
    {RunEnding::kComplete, "complete"},
    {RunEnding::kInterrupted, "interrupted"},
    {RunEnding::kError, "error"},
    {RunEnding::kLost, "lost"},
}};

RunEnding ending_from(std::string_view text) {
  for (const auto& [ending, name] : kEndings)
    if (name == text) return ending;
  throw std::invalid_argument{"'" + std::string{text} + "' is no ending of a run"};
}

}  // namespace

std::string_view to_string(RunEnding ending) {
  for (const auto& [known, name] : kEndings)
    if (known == ending) return name;
  return "lost";
}

void to_json(Json& j, const RunFacts& facts) {
  j = Json{{"engine", facts.engine},
           {"engine_reason", facts.engine_reason},
           {"kernel", facts.kernel},
           {"wandrill_version", facts.wandrill_version},
           {"started", facts.started},
           {"realtime_scheduling", facts.realtime_scheduling},
           {"realtime_programs", facts.realtime_programs},
           {"emulated", facts.emulated},
           {"root", facts.root},
           {"ending", to_string(facts.ending)},
           {"error", facts.error},
           {"missing_capability", facts.missing_capability},
           {"packet_bytes", facts.packet_bytes},
           {"event_bytes", facts.event_bytes}};
}

void from_json(const Json& j, RunFacts& facts) {
  const auto read = [&j](const char* name, auto& value) {
    if (const auto found = j.find(name); found != j.end()) found->get_to(value);
  };
  read("engine", facts.engine);
  read("engine_reason", facts.engine_reason);
  read("kernel", facts.kernel);
  read("wandrill_version", facts.wandrill_version);
  read("started", facts.started);
  read("realtime_scheduling", facts.realtime_scheduling);
  read("realtime_programs", facts.realtime_programs);
  read("emulated", facts.emulated);
  read("root", facts.root);
  read("error", facts.error);
  read("missing_capability", facts.missing_capability);
  read("packet_bytes", facts.packet_bytes);
  read("event_bytes", facts.event_bytes);
  facts.ending = ending_from(j.value("ending", std::string{"lost"}));
}

}  // namespace wandrill
