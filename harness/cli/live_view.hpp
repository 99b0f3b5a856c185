// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdio>
#include <memory>
#include <string>

#include "base/json.hpp"

namespace wandrill {

/// Shows what the cell tells while a run goes on.
class LiveView {
 public:
  LiveView() = default;
  LiveView(const LiveView&) = delete;
  LiveView& operator=(const LiveView&) = delete;
  virtual ~LiveView() = default;

  /// `message`: as the cell sent it, see run/progress.hpp.
  virtual void show(const Json& message) = 0;
  /// Ends the view before the summary is printed.
  virtual void finish() {}
};

/// A picture that redraws itself on a terminal, a line per event in a pipe, or every message as a
/// line of JSON.
enum class ViewKind : unsigned char { kTerminal, kPlain, kJson };

std::unique_ptr<LiveView> make_live_view(ViewKind kind, std::FILE* out);

/// One picture of the terminal view, without cursor movements; pure. `width` in columns.
std::string draw_progress(const Json& progress, int width);

/// "[  1.430s] carrier on wan_a: applied", or "" for a message that is none of a line's
/// business.
std::string plain_line(const Json& message);

}  // namespace wandrill
