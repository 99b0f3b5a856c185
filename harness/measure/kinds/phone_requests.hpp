// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// A request of the phone's, from its first sending to its final response.
struct PhoneRequest {
  std::string method;
  std::string call_id;
  std::uint32_t cseq = 0;
  bool in_dialog = false;
  RunInstant sent;
  std::optional<RunInstant> answered;
  bool succeeded = false;
  std::uint32_t status = 0;  ///< The final one.
  bool is_cut_off = false;   ///< Its connection was lost before an answer came.
};

/// What a phone asked for within the timeline, in order.
std::vector<PhoneRequest> requests_of(const RunIndex& run, const SessionPlan& session);

/// Nobody can tell what becomes of it: it was sent too late in the run.
bool is_under_way(const RunIndex& run, const PhoneRequest& request);
/// How late that is before the end.
Nanos patience(const RunIndex& run);

/// No success, by the network's fault or the server's (RFC 6076 4.2 and 4.8).
bool is_ineffective(const PhoneRequest& request);

}  // namespace wandrill
