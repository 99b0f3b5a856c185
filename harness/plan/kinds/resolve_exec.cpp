// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/resolve_exec.hpp"

#include "plan/placeholders.hpp"

namespace wandrill {
namespace {

std::vector<std::string> filled(const std::vector<Placed<std::string>>& words,
                                const Placeholders& placeholders, Mistakes& mistakes) {
  std::vector<std::string> result;
  for (const auto& word : words)
    result.push_back(placeholders.fill(word, mistakes));
  return result;
}

}  // namespace

void resolve_exec(const SessionSpec& spec, const TopologyPlan& topology, SessionPlan& session,
                  Mistakes& mistakes) {
  if (spec.run.empty()) {
    mistakes.add(spec.kind.place, "a session of kind exec needs 'run', the client's command");
    return;
  }
  const auto given = [&](const char* name, std::string value) {
    return PlacedPair{{name, spec.name.place}, {std::move(value), spec.name.place}};
  };
  const Placeholders placeholders{{given("client", to_string(session.client.address)),
                                   given("server", to_string(session.server.address)),
                                   given("files", exec_folder(spec.name.value))},
                                  topology,
                                  mistakes};
  ExecPlan exec{.run = filled(spec.run, placeholders, mistakes),
                .answer = filled(spec.answer, placeholders, mistakes)};
  for (const auto& [name, content] : spec.files) {
    if (name.value.empty() || name.value.front() == '.' ||
        name.value.find('/') != std::string::npos)
      mistakes.add(name.place, "'{}' cannot be a file's name: it is put into ${{files}} itself",
                   name.value);
    exec.files.push_back({name.value, placeholders.fill(content, mistakes)});
  }
  session.exec = std::move(exec);
}

}  // namespace wandrill
