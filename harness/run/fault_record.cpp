// SPDX-License-Identifier: Apache-2.0
#include "run/fault_record.hpp"

#include <fmt/format.h>

#include "base/units.hpp"
#include "traffic/tap/capture_file.hpp"

namespace wandrill {

std::string in_words(const FaultEvent& change) {
  return fmt::format("{}{}{}{}", change.restore ? "restore of " : "", change.what,
                     change.wan.empty() ? "" : " on ", change.wan);
}

std::string instant_in_words(const FaultEvent& change) {
  const bool has_detail = !change.detail.empty() && change.instant != "requested";
  return fmt::format("{}: {}{}", in_words(change), change.instant,
                     has_detail ? " (" + change.detail + ")" : "");
}

void record_instant(const RunContext& context, const FaultEvent& change, std::string_view instant,
                    RunInstant at, std::string detail) {
  FaultEvent event = change;
  event.at = at;
  event.instant = instant;
  event.detail = std::move(detail);
  context.recorder.add(event);
  if (context.capture != nullptr) context.capture->comment(instant_in_words(event));
  if (instant == "observed") context.board.post(event.label, at);
}

void tell_applied(const RunContext& context, const FaultEvent& change, RunInstant applied) {
  context.tell(
      fmt::format("{}: applied {} after it was due", in_words(change),
                  to_string(std::chrono::round<std::chrono::microseconds>(applied - change.due))));
}

}  // namespace wandrill
