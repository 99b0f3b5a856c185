// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/http_requests.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/index/percentile.hpp"

namespace wandrill {
namespace {

constexpr double kHttpStampAccuracy = 1e-4;
constexpr double kMedian = 50.0;

/// The requests of a session that were made within some time.
class Requests {
 public:
  Requests(const RunIndex& run, const std::string& session, const std::vector<TimeSpan>& spans) {
    for (const auto& event : run.recording.events)
      if (const auto* request = std::get_if<HttpEvent>(&event))
        if (request->session == session && std::ranges::any_of(spans, [&](const TimeSpan& span) {
              return span.contains(request->asked);
            }))
          requests_.push_back({request, run.stalls.credit({request->asked, request->at}),
                               run.stalls.drowned({request->asked, request->at})});
  }

  [[nodiscard]] double count(std::string_view outcome) const {
    return static_cast<double>(std::ranges::count_if(
        requests_, [&](const Request& one) { return one.event->outcome == outcome; }));
  }
  [[nodiscard]] std::size_t size() const { return requests_.size(); }

  /// How many were given up while the tester itself stood still for half of the time.
  [[nodiscard]] double excused() const {
    return static_cast<double>(std::ranges::count_if(requests_, [](const Request& one) {
      return one.event->outcome == "timed_out" && one.is_drowned;
    }));
  }

  using Length = Nanos (*)(const HttpEvent&);
  [[nodiscard]] Measured median(Length length) const {
    std::vector<Nanos> lengths;
    Nanos credit{0};
    for (const auto& one : requests_) {
      lengths.push_back(one.event->outcome == "answered" ? length(*one.event) : kInfinite);
      credit = std::max(credit, one.credit);
    }
    auto measured = time();
    if (const auto value = percentile(lengths, kMedian)) {
      measured.value = in_seconds(*value);
      measured.tester_share = in_seconds(std::min(*value, credit));
    } else {
      measured.note = requests_.empty() ? "no request was made" : "most requests failed";
    }
    return measured;
  }
  [[nodiscard]] Measured longest(Length length) const {
    auto measured = time();
    measured.note = "no request was answered";
    for (const auto& one : requests_) {
      if (one.event->outcome != "answered") continue;
      const auto taken = length(*one.event);
      if (measured.value && *measured.value >= in_seconds(taken)) continue;
      measured.value = in_seconds(taken);
      measured.tester_share = in_seconds(std::min(taken, one.credit));
      measured.note = fmt::format("of the request at {:.1f} s",
                                  in_seconds(one.event->asked.time_since_epoch()));
    }
    return measured;
  }

 private:
  struct Request {
    const HttpEvent* event;
    Nanos credit;  ///< How much of its time the tester may have caused.
    bool is_drowned;
  };
  static Measured time() { return {.unit = MetricUnit::kSeconds, .accuracy = kHttpStampAccuracy}; }

  std::vector<Request> requests_;
};

Measured success_of(const Requests& requests) {
  Measured share{.unit = MetricUnit::kPercent, .note = "no request was made"};
  if (requests.size() == 0) return share;
  constexpr double kAll = 100.0;
  const auto all = static_cast<double>(requests.size());
  share.value = kAll * requests.count("answered") / all;
  share.tester_share = kAll * requests.excused() / all;
  share.note.clear();
  return share;
}

std::map<std::string_view, Measured> measure(const Requests& requests) {
  const auto first_byte = [](const HttpEvent& event) { return event.first_byte; };
  const auto complete = [](const HttpEvent& event) { return Nanos{event.at - event.asked}; };
  return {{"requests", {.value = static_cast<double>(requests.size())}},
          {"success", success_of(requests)},
          {"refused", {.value = requests.count("refused")}},
          {"cut_short", {.value = requests.count("reset")}},
          {"timed_out", {.value = requests.count("timed_out"), .tester_share = requests.excused()}},
          {"wrong", {.value = requests.count("wrong")}},
          {"first_byte_p50", requests.median(first_byte)},
          {"first_byte_max", requests.longest(first_byte)},
          {"complete_p50", requests.median(complete)},
          {"complete_max", requests.longest(complete)}};
}

}  // namespace

void measure_http_requests(const RunIndex& run,
                           const std::map<std::string_view, std::vector<TimeSpan>>& phases,
                           std::map<std::string, Measured>& metrics) {
  for (const auto& session : run.plan.traffic.sessions) {
    if (!session.http) continue;
    const auto publish = [&](const std::vector<TimeSpan>& spans, const std::string& suffix) {
      for (const auto& [name, measured] : measure(Requests{run, session.name, spans}))
        metrics[fmt::format("{}.{}{}", session.name, name, suffix)] = measured;
    };
    publish({run.timeline}, "");
    for (const auto& [phase, spans] : phases)
      publish(spans, "@" + std::string{phase});
  }
}

}  // namespace wandrill
