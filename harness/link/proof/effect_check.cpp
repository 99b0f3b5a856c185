// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "link/proof/prover.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using Outcome = Proof::Outcome;

constexpr Nanos kCarrierPatience = 2s;

bool is_burst(const EffectCheck& check) {
  return check.wanted().effect == Effect::kRate || check.wanted().effect == Effect::kLifted;
}

}  // namespace

void EffectCheck::start(const Patience::Look& now) {
  start_ = next_send_ = batch_start_ = now.at;
  patience_ = {pattern_.patience, now};
}

void EffectCheck::send_due(Clock::time_point now) {
  while (next_send_ <= now) {
    numbers_.push_back(prover_.send(wanted_.direction, pattern_.size, wanted_.head));
    if (++sent_in_batch_ < pattern_.batch) {
      // After a stall the frames keep their distance rather than catch up.
      next_send_ = std::max(next_send_ + pattern_.interval, now - pattern_.interval);
      continue;
    }
    sent_in_batch_ = 0;
    batch_start_ = next_send_ = std::max(batch_start_ + pattern_.pause, now + 1ns);
  }
}

Proof EffectCheck::poll(const Patience::Look& now) {
  if (proof_.outcome != Outcome::kPending) return proof_;
  const bool is_over = patience_.is_over(now);
  prover_.collect();
  std::vector<Observation> frames;
  frames.reserve(numbers_.size());
  for (const auto number : numbers_)
    frames.push_back(prover_.observation(wanted_.direction, number));
  proof_ = judge(wanted_, frames, start_, now.at, patience_.lost());
  if (proof_.outcome == Outcome::kPending) send_due(now.at);
  if (proof_.outcome == Outcome::kProven && patience_.is_stretched())
    proof_.detail += ", " + patience_.note();
  if (proof_.outcome == Outcome::kRefuted && is_over)
    proof_.detail += ", within " + patience_.text();
  return proof_;
}

ChangeProof::ChangeProof(Prover& prover, const LinkState& before, const LinkState& after)
    : prover_{prover}, after_{after}, for_carrier_{kCarrierPatience, {}} {
  for (const auto& wanted : effects_of(before, after)) {
    EffectCheck check{prover, wanted};
    (is_burst(check) ? bursts_ : first_).push_back(std::move(check));
  }
}

void ChangeProof::start(const Patience::Look& now) {
  for_carrier_ = {kCarrierPatience, now};
  for (auto& check : first_)
    check.start(now);
}

std::string ChangeProof::wrong_carrier() {
  const auto says = [](const char* port, bool has_it) {
    return fmt::format("the {} port {} carrier", port, has_it ? "still has" : "has no");
  };
  if (const bool has = prover_.router_has_carrier(); has != after_.router_port_up)
    return says("router's", has);
  if (const bool has = prover_.isp_has_carrier(); has != after_.isp_port_up)
    return says("ISP's", has);
  return "";
}

Proof ChangeProof::poll(const Patience::Look& now) {
  const bool is_over = for_carrier_.is_over(now);
  auto& running = bursting_ ? bursts_ : first_;
  bool pending = false;
  for (auto& check : running) {
    const auto proof = check.poll(now);
    if (proof.outcome == Outcome::kRefuted) return proof;
    pending = pending || proof.outcome == Outcome::kPending;
  }
  if (pending) return {};
  if (!bursting_) {
    const auto wrong = wrong_carrier();
    if (!wrong.empty() && !is_over) return {};
    if (!wrong.empty())
      return {Outcome::kRefuted, std::nullopt, wrong + " after " + for_carrier_.text()};
  }
  for (auto& check : running)
    done_.emplace_back(check.wanted(), check.poll(now));
  running.clear();
  if (bursting_ || bursts_.empty()) return conclude();
  bursting_ = true;
  for (auto& check : bursts_)
    check.start(now);
  return {};
}

Proof ChangeProof::conclude() const {
  Proof all{.outcome = done_.empty() ? Outcome::kProven : Outcome::kUnproven};
  std::vector<std::string> details;
  for (const auto& [wanted, proof] : done_) {
    if (proof.outcome == Outcome::kProven) all.outcome = Outcome::kProven;
    details.push_back(proof.detail);
    if (!proof.observed || !wanted.changed) continue;
    if (!all.observed || *proof.observed < *all.observed) all.observed = proof.observed;
  }
  all.detail = fmt::format("{}", fmt::join(details, "; "));
  return all;
}

}  // namespace wandrill
