// SPDX-License-Identifier: Apache-2.0
#pragma once
// Serves Catch2 v2 (Debian 12) and v3 (newer distributions) from one include.
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

#include <string>

namespace wandrill::testing {

/// Notes that the running test case was skipped. When every case of a binary was, its exit code is
/// 77, which CTest shows as "Skipped".
void note_skip(const std::string& reason);

}  // namespace wandrill::testing

/// Leaves the test case and says why; v2 has no SKIP of its own.
#define WANDRILL_SKIP(reason)               \
  do {                                      \
    ::wandrill::testing::note_skip(reason); \
    return;                                 \
  } while (false)
