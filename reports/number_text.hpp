// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace wandrill {

/// A number of a report as people read it, with as many decimals as its accuracy gives sense to:
/// "1.02 s ± 5 ms", "0.4 % ± 0.1 %", "3". `unit` is that of result.json: "s", "%" or "1". A null
/// `value` reads "never" for a time, else "no value"; an accuracy of 0 is left out.
std::string number_text(const Json& value, std::string_view unit, double accuracy);

/// The same for {"value", "unit", "accuracy"}; "–" for null: not measured.
std::string measured_text(const Json& measured);

/// What an expectation was judged by: its measured value; "–" if it was skipped.
std::string judged_text(const Json& expectation);

/// An instant or duration in seconds: "1.002 s"; "–" for null.
std::string seconds_text(const Json& seconds);

}  // namespace wandrill
