// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/exec.hpp"

#include <array>

#include "plan/kinds/resolve_call.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/voice_metrics.hpp"
#include "plan/placeholders.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/exec_keys.hpp"

namespace wandrill {
namespace {

std::vector<std::string> filled(const std::vector<Placed<std::string>>& words,
                                const Placeholders& placeholders, Mistakes& mistakes) {
  std::vector<std::string> result;
  for (const auto& word : words)
    result.push_back(placeholders.fill(word, mistakes));
  return result;
}

void resolve_exec(const SessionSpec& spec, const SessionContext& context, SessionPlan& session,
                  Mistakes& mistakes) {
  using namespace session_keys::exec;
  resolve_call(spec, session, mistakes);
  const auto run = spec.get(kRun);
  if (run.empty()) {
    mistakes.add(spec.kind.place, "a session of kind exec needs 'run', the client's command");
    return;
  }
  const auto given = [&](const char* name, std::string value) {
    return PlacedPair{{name, spec.name.place}, {std::move(value), spec.name.place}};
  };
  const Placeholders placeholders{{given("client", to_string(session.client.address)),
                                   given("server", to_string(session.server.address)),
                                   given("files", exec_folder(spec.name.value))},
                                  context.topology,
                                  mistakes};
  ExecPlan exec{.run = filled(run, placeholders, mistakes),
                .answer = filled(spec.get(kAnswer), placeholders, mistakes)};
  for (const auto& [name, content] : spec.get(kFiles)) {
    if (name.value.empty() || name.value.front() == '.' ||
        name.value.find('/') != std::string::npos)
      mistakes.add(name.place, "'{}' cannot be a file's name: it is put into ${{files}} itself",
                   name.value);
    exec.files.push_back({name.value, placeholders.fill(content, mistakes)});
  }
  session.own = std::move(exec);
}

constexpr std::array<MetricList, 2> kExecMetrics{metrics::flow::kAll, metrics::voice::kAll};

}  // namespace

extern constexpr SessionKind kExecKind{
    .kind = TrafficKind::kExec,
    .word = "exec",
    .shape = FlowShape::kProgram,
    .has_voice = true,
    .pauses = true,
    .usual = {defaults::kRtpInterval, defaults::kRtpPayload, defaults::kRtpDscp},
    .metrics = kExecMetrics,
    .resolve = resolve_exec};

}  // namespace wandrill
