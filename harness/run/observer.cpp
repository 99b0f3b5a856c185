// SPDX-License-Identifier: Apache-2.0
#include "run/observer.hpp"

#include <algorithm>
#include <optional>

#include "run/timeline.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr Nanos kLookEvery = std::chrono::milliseconds{1};

constexpr std::size_t kLinesKept = 2000;
/// Egress counts as moved once packets left that way as late as this.
constexpr Nanos kFresh = std::chrono::milliseconds{500};
constexpr Nanos kFlowingFor = std::chrono::milliseconds{500};

/// On the taps: what goes through a tunnel is not.
bool may_be_seen(const SessionPlan& session) {
  return session.must_flow() && session.through.empty();
}

bool is_named(const SessionPlan& session, const std::string& name) {
  return name.empty() || name == session.name || name == session.group;
}

}  // namespace

bool Observer::holds(const Condition& condition, RunInstant since) {
  switch (condition.kind) {
    case Condition::Kind::kEgress:
      return all_leave_by(condition.wan);
    case Condition::Kind::kFlowing:
      return is_flowing(condition.session);
    case Condition::Kind::kSilent:
      return silence_of(condition.session) > kFlowingFor;
    case Condition::Kind::kAlert:  // only expectations have it
      return false;
    case Condition::Kind::kLog:
      break;
  }
  const auto last = last_match(condition.pattern);
  return last && *last >= since;
}

std::optional<RunInstant> Observer::last_match(const std::string& pattern) {
  auto& search =
      searches_.try_emplace(pattern, LogSearch{.pattern = Pattern{pattern}}).first->second;
  // Asked every millisecond: no line is searched twice.
  const auto lines_gone = lines_heard_ - log_.size();
  for (auto next = std::max(search.lines_seen, lines_gone); next < lines_heard_; ++next) {
    const auto& line = log_[next - lines_gone];
    if (search.pattern.search(line.line)) search.last_match = line.arrived;
  }
  search.lines_seen = lines_heard_;
  return search.last_match;
}

bool Observer::all_leave_by(const std::string& wan) const {
  const auto& sessions = context_.plan.traffic.sessions;
  // TCP speaks when its timers allow, so where anything keeps a schedule, only that tells the
  // egress.
  const bool only_tcp = std::ranges::none_of(sessions, &SessionPlan::tells_of_the_path);
  bool any = false;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (!only_tcp && !sessions[i].tells_of_the_path()) continue;
    if (only_tcp && !may_be_seen(sessions[i])) continue;
    const auto seen = traffic_.view(i).up_wan;
    if (!seen || context_.plan.topology.wans[seen->wan].name != wan) return false;
    if (!only_tcp && seen->seen + kFresh < context_.now()) return false;
    any = true;
  }
  return any;
}

bool Observer::is_flowing(const std::string& session) {
  bool any = false;
  for (const auto& flow : context_.plan.traffic.flows) {
    const auto& owner = context_.plan.traffic.sessions[flow.session];
    if (!is_named(owner, session) && flow.name != session) continue;
    if (flow.name != session && !owner.is_counted(flow.direction)) continue;
    const auto since = traffic_.lossless_since(flow.id);
    if (!since || *since + kFlowingFor > context_.now()) return false;
    any = true;
  }
  return any;
}

void Observer::note_home() {
  home_.clear();
  for (std::size_t i = 0; i < context_.plan.traffic.sessions.size(); ++i) {
    const auto seen = traffic_.view(i).up_wan;
    home_.push_back(seen ? std::optional{seen->wan} : std::nullopt);
  }
}

bool Observer::is_home() const {
  for (std::size_t i = 0; i < home_.size(); ++i) {
    const auto seen = traffic_.view(i).up_wan;
    if (home_[i] && seen && seen->wan != *home_[i]) return false;
  }
  return true;
}

bool Observer::is_steady(Nanos lasting, std::string& culprit) const {
  for (const auto& flow : context_.plan.traffic.flows) {
    if (!context_.plan.traffic.session_of(flow.id).is_counted(flow.direction)) continue;
    const auto since = traffic_.lossless_since(flow.id);
    if (since && *since + lasting <= context_.now()) continue;
    culprit = flow.name;
    return false;
  }
  return true;
}

std::string Observer::egress_of(std::size_t session) const {
  const auto seen = traffic_.view(session).up_wan;
  return seen ? context_.plan.topology.wans[seen->wan].name : "";
}

void Observer::heard(const LogEvent& line) {
  log_.push_back(line);
  ++lines_heard_;
  if (log_.size() > kLinesKept) log_.pop_front();
  if (!line.meaning.empty()) context_.board.post(line.meaning, line.at);
}

Nanos Observer::silence_of(const std::string& session) const {
  const RunInstant now = context_.now();
  Nanos longest{0};
  for (const auto& flow : context_.plan.traffic.flows) {
    if (!is_named(context_.plan.traffic.sessions[flow.session], session) && flow.name != session)
      continue;
    const auto view = traffic_.view(flow.session);
    const auto& seen = flow.direction == Direction::kUp ? view.up : view.down;
    if (seen.last_received) longest = std::max(longest, Nanos{now - *seen.last_received});
  }
  return longest;
}

asio::awaitable<void> Observer::post_moves() {
  const auto& sessions = context_.plan.traffic.sessions;
  std::vector<std::optional<std::uint8_t>> wans(sessions.size());
  std::optional<std::uint8_t> active;
  for (;;) {
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      const auto seen = traffic_.view(i).up_wan;
      if (!seen || wans[i] == seen->wan) continue;
      const bool moved = wans[i].has_value();
      wans[i] = seen->wan;
      if (!active) active = seen->wan;
      // Those that follow one that moved before make no move of their own.
      if (!moved || seen->wan == active) continue;
      context_.board.post(seen->wan > *active ? "failover" : "failback", seen->seen);
      active = seen->wan;
    }
    co_await sleep_until(context_, context_.now() + kLookEvery);
  }
}

}  // namespace wandrill
