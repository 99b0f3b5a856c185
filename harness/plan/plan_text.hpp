// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "plan/plan.hpp"

namespace wandrill {

/// For people: what would happen, when, on which links, and what is expected of it.
std::string plan_as_text(const Plan& plan);

/// The whole plan as YAML, laid out for people: what the run folder keeps.
std::string plan_as_yaml(const Plan& plan);

/// Reads back what plan_as_yaml() wrote. Throws ConfigError for anything else.
Plan plan_from_yaml(const std::string& text);

}  // namespace wandrill
