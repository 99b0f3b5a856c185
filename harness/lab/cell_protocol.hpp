// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace wandrill {

/// Who speaks, and what for; decides which messages there are.
enum class Speaker : std::uint8_t {
  kCell,            ///< Plays a plan: run/progress.hpp.
  kDiagnosingCell,  ///< Tries what the machine can do: doctor/diagnose.hpp.
  kGuest            ///< A VM with either in it: cli/guest_command.hpp.
};

/// Which message may come when, and what it must hold. Pure: whoever reads the line asks about each
/// message before using it, and what it has let pass can be used without a look at its types.
///
///   cell             started ─ ready ─► ready; event and progress in both; steerable and stepped,
///                    of a steered run, in ready
///   diagnosing cell  started ─ stands ─► ready; finding in ready
///   guest            silent ─ hello ─► started ─ ready, diagnosis ─► ready; event and progress in
///                    the last two, finding in started
///
/// `error` ends all of them; only another `error` may follow, and a guest's `end`, after which
/// nothing may.
class CellProtocol {
 public:
  /// `nodes`: those that `ready` may name; nothing: a guest's, which nobody enters.
  explicit CellProtocol(Speaker speaker, std::optional<std::vector<std::string>> nodes = {});

  /// "" when this message may come now; then what may follow it has changed. Else what is wrong
  /// with it, in one sentence that names it; then nothing has changed. A message that is no JSON is
  /// handed in as a discarded one, see Channel.
  std::string violation_of(const Json& message);

  enum class State : std::uint8_t { kSilent, kStarted, kReady, kFailed, kEnded };
  [[nodiscard]] State state() const noexcept { return state_; }

 private:
  [[nodiscard]] std::string wrong_content(const std::string& type, const Json& message) const;
  [[nodiscard]] std::string wrong_nodes(const Json& nodes) const;

  Speaker speaker_;
  std::optional<std::vector<std::string>> nodes_;
  State state_;
};

/// What a cell is told from outside: "interrupt", and of a steered run "step" and "finish".
bool is_order(const Json& message, std::string_view order);
/// The one thing that a guest may be told as well.
bool is_interrupt(const Json& message);

}  // namespace wandrill
