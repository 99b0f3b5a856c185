// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/json.hpp"

namespace wandrill {

/// A result document as JUnit XML: one test case per expectation. fail is a failure; error,
/// inconclusive and interrupted are errors of that type; skipped is skipped. An outcome that no
/// expectation has (the machine could not run it) gets a test case "run" of its own.
std::string junit_xml(const Json& document);

/// Several runs in one file, one test suite each.
std::string junit_xml(const std::vector<Json>& documents);

}  // namespace wandrill
