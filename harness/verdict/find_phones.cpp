// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_phones.hpp"

#include <fmt/format.h>

#include "base/units.hpp"
#include "plan/kinds/sip_metrics.hpp"
#include "plan/metrics/router_metrics.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

using Bucket = Finding::Bucket;

/// Several OPTIONS in a row went unanswered.
constexpr int kMissedOptions = 3;
/// A registration that takes longer has cost calls.
constexpr double kSlowRegistration = 4.0;
/// Longer than until the phone's next message.
constexpr double kApart = 3.0;

std::string foreign_story(const Measurements& measurements) {
  const auto* foreign = measurements.metric("router", metrics::router::kForeignSources);
  if (foreign == nullptr || foreign->value.value_or(0.0) == 0.0) return "";
  return fmt::format(" {:.0f} packets left by a WAN with another's address, first {}.",
                     *foreign->value, foreign->note);
}

constexpr auto kFlushSignalling =
    "Flush the connection tracking entries of SIP at every switch, the failback too: a phone "
    "that keeps registering keeps its entry alive, and with it the old WAN's address.";

/// One that was tried and took too long or never came true; without a try nothing is known.
bool has_registered_late(const SessionPlan& phone, const Measurements& measurements,
                         const Measured& registration) {
  if (registration.value)
    return *registration.value - registration.tester_share > kSlowRegistration;
  const auto* failed = measurements.metric(phone.name, metrics::sip::kRegistrationsFailed);
  return failed != nullptr && failed->value;
}

/// Calls come to the address of the last registration: until the next one, to the WAN that was
/// left.
bool is_called_at_old_address(const SipPlan& sip, const Measured& away) {
  return away.value && *away.value - away.accuracy <= in_seconds(sip.register_every);
}

std::string advice_to_register(const SipPlan& sip) {
  return fmt::format(
      "It registers every {}, and until it does it is called at the address that it had before the "
      "switch: let it register as often as it may be out of reach.",
      to_string(sip.register_every));
}

void find_unreachable(const SessionPlan& phone, const Measurements& measurements,
                      std::vector<Finding>& found) {
  const auto* away = measurements.metric(phone.name, metrics::sip::kLongestUnreachable);
  const auto* registration = measurements.metric(phone.name, metrics::sip::kRegistrationDelay);
  if (away == nullptr || registration == nullptr) return;
  const double limit = kMissedOptions * in_seconds(phone.of<SipPlan>()->options_every);
  const double dark = in_seconds(measurements.without_wan_in(away->when));
  const bool is_away =
      away->value ? *away->value - away->tester_share - dark > limit : !away->untried;
  const bool is_lost = has_registered_late(phone, measurements, *registration);
  if (!is_away && !is_lost) return;
  std::string evidence;
  if (is_away)
    evidence = away->value ? fmt::format("It could not be called for {}{}{}.",
                                         time_text(*away->value), since_text(away->when),
                                         away->note.empty() ? "" : ", " + away->note)
                           : "It never answered the far end.";
  if (is_lost)
    evidence += fmt::format("{}{}", evidence.empty() ? "" : " ",
                            registration->value ? fmt::format("A registration took {}.",
                                                              time_text(*registration->value))
                                                : capitalised(registration->note) + ".");
  const bool is_phones = !is_lost && is_called_at_old_address(*phone.of<SipPlan>(), *away);
  found.push_back({is_phones ? Bucket::kPlannedEngineering : Bucket::kImmediateFix,
                   fmt::format("{} was not reachable", capitalised(phone.name)),
                   evidence + foreign_story(measurements),
                   is_phones ? advice_to_register(*phone.of<SipPlan>()) : kFlushSignalling});
}

std::string rule_text(const SipPlan& sip) {
  if (sip.peer == MediaPeer::kStrict) return "strict";
  if (sip.peer == MediaPeer::kReinvite) return "reinvite";
  if (sip.peer == MediaPeer::kHandover || sip.learn_for == Nanos{0}) return "to follow the voice";
  return fmt::format("to follow the voice for {} after signalling, and no longer",
                     to_string(sip.learn_for));
}

void find_dropped(const SessionPlan& phone, const Measurements& measurements,
                  std::vector<Finding>& found) {
  const auto* dropped = measurements.metric(phone.name, metrics::sip::kCallsDropped);
  if (dropped == nullptr || dropped->value.value_or(0.0) == 0.0) return;
  found.push_back(
      {Bucket::kPlannedEngineering, fmt::format("Calls of {} were dropped", phone.name),
       fmt::format("{:.0f} calls that stood were lost{}; the far end's rule is {}.",
                   *dropped->value, since_text(dropped->when), rule_text(*phone.of<SipPlan>())),
       "Switch faster than the far end's RTP time-out, and let its media server follow "
       "a new address (comedia, media handover)."});
}

void find_apart(const SessionPlan& phone, const Measurements& measurements,
                std::vector<Finding>& found) {
  const auto* apart = measurements.metric(phone.name, metrics::sip::kPathsApart);
  if (apart == nullptr || apart->value.value_or(0.0) <= kApart) return;
  found.push_back(
      {Bucket::kImmediateFix,
       fmt::format("Signalling and voice of {} went different ways", phone.name),
       fmt::format("For {}{}: {}. Far ends that take voice only from where the call was signalled "
                   "hear nothing.",
                   time_text(*apart->value), since_text(apart->when), apart->note),
       "Move all states of a host at once: flush them at the failover and at the failback."});
}

}  // namespace

void find_phone_troubles(const Plan& plan, const Measurements& measurements,
                         std::vector<Finding>& found) {
  for (const auto& session : plan.traffic.sessions) {
    if (!session.of<SipPlan>()) continue;
    find_unreachable(session, measurements, found);
    find_apart(session, measurements, found);
    find_dropped(session, measurements, found);
  }
}

}  // namespace wandrill
