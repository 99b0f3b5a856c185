// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "plan/maybe_const.hpp"
#include "plan/topology/router_plan.hpp"

namespace wandrill {

/// What only a session of other people's programs has, with every placeholder filled in.
struct ExecPlan {
  static constexpr const char* kKey = "exec";  ///< In a stored plan.
  std::vector<std::string> run;                ///< argv at the client; no shell.
  std::vector<std::string> answer;             ///< argv at the server, started first; empty: none.
  std::vector<FilePlan> files;                 ///< Put into the programs' folder.
};

/// Where the files of a session's programs are, private to the run.
inline std::string exec_folder(const std::string& session) {
  return "/run/wandrill/programs/" + session;
}

void visit_fields(auto&& visit, MaybeConst<ExecPlan> auto& value) {
  visit("run", value.run);
  visit("answer", value.answer);
  visit("files", value.files);
}

}  // namespace wandrill
