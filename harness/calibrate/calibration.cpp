// SPDX-License-Identifier: Apache-2.0
#include "calibrate/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr int kSchema = 1;

/// Nearest rank (RFC 2330 11.3) of sorted values.
double rank(const std::vector<double>& sorted, double percent) {
  const auto position = std::ceil(percent / 100 * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(1.0, position)) - 1];
}

Json spread_document(const ErrorSpread& spread) {
  return {{"count", spread.count},
          {"p50_ms", spread.p50},
          {"p95_ms", spread.p95},
          {"p99_ms", spread.p99},
          {"max_ms", spread.max}};
}

ErrorSpread spread_from(const Json& document) {
  return {.count = document.at("count").get<std::uint64_t>(),
          .p50 = document.at("p50_ms").get<double>(),
          .p95 = document.at("p95_ms").get<double>(),
          .p99 = document.at("p99_ms").get<double>(),
          .max = document.at("max_ms").get<double>()};
}

Json loss_document(const KnownLoss& loss) {
  return {{"flow", loss.flow},    {"requested_percent", loss.requested_percent},
          {"sent", loss.sent},    {"lost", loss.lost},
          {"low", loss.low},      {"high", loss.high},
          {"holds", loss.holds()}};
}

KnownLoss loss_from(const Json& document) {
  return {.flow = document.at("flow").get<std::string>(),
          .requested_percent = document.at("requested_percent").get<double>(),
          .sent = document.at("sent").get<std::uint64_t>(),
          .lost = document.at("lost").get<std::uint64_t>(),
          .low = document.at("low").get<std::uint64_t>(),
          .high = document.at("high").get<std::uint64_t>()};
}

Json accuracy_document(const TesterAccuracy& accuracy) {
  Json document{{"outage_error_probe", spread_document(accuracy.outage_probe)},
                {"outage_error_call", spread_document(accuracy.outage_call)},
                {"delay_error", spread_document(accuracy.delay)},
                {"late_sends", spread_document(accuracy.late_sends)},
                {"stalls", accuracy.stalls},
                {"longest_stall_ms", accuracy.longest_stall_ms},
                {"losses", Json::array()}};
  for (const auto& loss : accuracy.losses)
    document["losses"].push_back(loss_document(loss));
  return document;
}

TesterAccuracy accuracy_from(const Json& document) {
  TesterAccuracy accuracy{.outage_probe = spread_from(document.at("outage_error_probe")),
                          .outage_call = spread_from(document.at("outage_error_call")),
                          .delay = spread_from(document.at("delay_error")),
                          .late_sends = spread_from(document.at("late_sends")),
                          .losses = {},
                          .stalls = document.at("stalls").get<std::uint64_t>(),
                          .longest_stall_ms = document.at("longest_stall_ms").get<double>()};
  for (const auto& loss : document.at("losses"))
    accuracy.losses.push_back(loss_from(loss));
  return accuracy;
}

Json short_accuracy(const TesterAccuracy& accuracy) {
  return {{"outage_error_probe_p95_ms", accuracy.outage_probe.p95},
          {"outage_error_call_p95_ms", accuracy.outage_call.p95},
          {"delay_error_p99_ms", accuracy.delay.p99},
          {"losses_hold", accuracy.losses_hold()}};
}

}  // namespace

ErrorSpread spread_of(std::vector<double> errors_ms) {
  if (errors_ms.empty()) return {};
  std::ranges::sort(errors_ms);
  return {.count = errors_ms.size(),
          .p50 = rank(errors_ms, 50),
          .p95 = rank(errors_ms, 95),
          .p99 = rank(errors_ms, 99),
          .max = errors_ms.back()};
}

bool TesterAccuracy::losses_hold() const {
  return std::ranges::all_of(losses, &KnownLoss::holds);
}

Json to_document(const Calibration& calibration) {
  return {{"schema", kSchema},
          {"machine", calibration.key.machine},
          {"vm", calibration.key.vm},
          {"kernel", calibration.key.kernel},
          {"engine", calibration.key.engine},
          {"wandrill", calibration.key.version},
          {"root", calibration.key.root},
          {"taken", calibration.taken},
          {"cpus", calibration.cpus},
          {"realtime_scheduling", calibration.realtime_scheduling},
          {"idle", accuracy_document(calibration.idle)},
          {"busy", accuracy_document(calibration.busy)}};
}

Calibration calibration_from(const Json& document) {
  try {
    return {.key = {.machine = document.at("machine").get<std::string>(),
                    .vm = document.at("vm").get<bool>(),
                    .kernel = document.at("kernel").get<std::string>(),
                    .engine = document.at("engine").get<std::string>(),
                    .version = document.at("wandrill").get<std::string>(),
                    .root = document.at("root").get<bool>()},
            .taken = document.at("taken").get<std::string>(),
            .cpus = document.at("cpus").get<unsigned>(),
            .realtime_scheduling = document.at("realtime_scheduling").get<bool>(),
            .idle = accuracy_from(document.at("idle")),
            .busy = accuracy_from(document.at("busy"))};
  } catch (const Json::exception& error) {
    throw MachineError{fmt::format("read a calibration: {}", error.what())};
  }
}

Json quote_of(const Calibration& calibration) {
  return {{"taken", calibration.taken},
          {"idle", short_accuracy(calibration.idle)},
          {"busy", short_accuracy(calibration.busy)}};
}

}  // namespace wandrill
