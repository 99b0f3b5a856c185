// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/http_requests.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/index/percentile.hpp"
#include "plan/kinds/http_metrics.hpp"

namespace wandrill {
namespace {

constexpr Seconds kHttpStampAccuracy{1e-4};
constexpr double kMedian = 50.0;

/// The requests of a session that were made within some time.
class Requests {
 public:
  Requests(const RunIndex& run, const SessionPlan& session, const std::vector<TimeSpan>& spans) {
    for (const auto* request : run.events_of<HttpEvent>(session))
      if (std::ranges::any_of(spans,
                              [&](const TimeSpan& span) { return span.contains(request->asked); }))
        requests_.push_back({request, run.stalls.credit({request->asked, request->at}),
                             run.stalls.tester_overloaded({request->asked, request->at})});
  }

  [[nodiscard]] Reading<Count> count(std::string_view outcome) const {
    return counted(std::ranges::count_if(
        requests_, [&](const Request& one) { return one.event->outcome == outcome; }));
  }
  [[nodiscard]] std::size_t size() const { return requests_.size(); }

  /// How many were given up while the tester itself stood still for half of the time.
  [[nodiscard]] Count excused() const {
    return *counted(std::ranges::count_if(requests_, [](const Request& one) {
              return one.event->outcome == "timed_out" && one.is_overloaded;
            })).value;
  }

  using Length = Nanos (*)(const HttpEvent&);
  [[nodiscard]] Reading<Seconds> median(Length length) const {
    std::vector<Nanos> lengths;
    Nanos credit{0};
    for (const auto& one : requests_) {
      lengths.push_back(one.event->outcome == "answered" ? length(*one.event) : kInfinite);
      credit = std::max(credit, one.credit);
    }
    Reading<Seconds> measured{.accuracy = kHttpStampAccuracy};
    if (const auto value = percentile(lengths, kMedian)) {
      measured.value = *value;
      measured.tester_share = std::min(*value, credit);
    } else {
      measured.note = requests_.empty() ? "no request was made" : "most requests failed";
    }
    return measured;
  }
  [[nodiscard]] Reading<Seconds> longest(Length length) const {
    Reading<Seconds> measured{.accuracy = kHttpStampAccuracy, .note = "no request was answered"};
    for (const auto& one : requests_) {
      if (one.event->outcome != "answered") continue;
      const auto taken = length(*one.event);
      if (measured.value && *measured.value >= taken) continue;
      measured.value = taken;
      measured.tester_share = std::min(taken, one.credit);
      measured.note = fmt::format("of the request at {:.1f} s",
                                  in_seconds(one.event->asked.time_since_epoch()));
    }
    return measured;
  }

 private:
  struct Request {
    const HttpEvent* event;
    Nanos credit;  ///< How much of its time the tester may have caused.
    bool is_overloaded;
  };

  std::vector<Request> requests_;
};

Reading<Share> success_of(const Requests& requests) {
  Reading<Share> share{.note = "no request was made"};
  if (requests.size() == 0) return share;
  constexpr double kAll = 100.0;
  const auto all = static_cast<double>(requests.size());
  share.value = Share{kAll * requests.count("answered").value->value / all};
  share.tester_share = Share{kAll * requests.excused().value / all};
  share.note.clear();
  return share;
}

Readings measure(const Requests& requests) {
  using namespace metrics::http;
  const auto first_byte = [](const HttpEvent& event) { return event.first_byte; };
  const auto complete = [](const HttpEvent& event) { return Nanos{event.at - event.asked}; };
  auto timed_out = requests.count("timed_out");
  timed_out.tester_share = requests.excused();
  Readings readings;
  readings.set(kRequests, counted(requests.size()));
  readings.set(kSuccess, success_of(requests));
  readings.set(kRefused, requests.count("refused"));
  readings.set(kCutShort, requests.count("reset"));
  readings.set(kTimedOut, timed_out);
  readings.set(kWrong, requests.count("wrong"));
  readings.set(kFirstByteP50, requests.median(first_byte));
  readings.set(kFirstByteMax, requests.longest(first_byte));
  readings.set(kCompleteP50, requests.median(complete));
  readings.set(kCompleteMax, requests.longest(complete));
  return readings;
}

}  // namespace

void measure_http_requests(const RunIndex& run, MetricSink& sink) {
  for (const auto& session : run.plan.traffic.sessions) {
    if (!session.of<HttpPlan>()) continue;
    for (const auto& part : run.parts)
      sink.set(of_session(session, part.phase), measure(Requests{run, session, part.spans}));
  }
}

}  // namespace wandrill
