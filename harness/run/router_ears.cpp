// SPDX-License-Identifier: Apache-2.0
#include "run/router_ears.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "lab/waits.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

const char* meaning_text(LogPattern::Meaning meaning) {
  switch (meaning) {
    case LogPattern::Meaning::kWanDown:
      return "wan_down";
    case LogPattern::Meaning::kWanUp:
      return "wan_up";
    case LogPattern::Meaning::kSwitch:
      break;
  }
  return "switch";
}

}  // namespace

LogReader::LogReader(const RunContext& context, std::ofstream copy,
                     std::function<void(const LogEvent&)> heard)
    : context_{context}, copy_{std::move(copy)}, heard_{std::move(heard)} {
  const auto& router = context.plan.router;
  for (const auto& [meaning, pattern] : router.log_patterns)
    patterns_.push_back({meaning, std::regex{pattern}});
  if (!router.log_stamp_pattern.empty()) stamp_.emplace(router.log_stamp_pattern);
}

RunTime LogReader::stamp_of(const std::string& line, RunTime arrived) const {
  std::smatch found;
  if (!stamp_ || !std::regex_search(line, found, *stamp_) || found.size() < 2) return arrived;
  // CLOCK_MONOTONIC seconds: the router runs on our kernel, so its clock is ours.
  const std::chrono::duration<double> seconds{std::strtod(found[1].str().c_str(), nullptr)};
  return context_.origin.at(
      Clock::time_point{std::chrono::duration_cast<Clock::duration>(seconds)});
}

void LogReader::take(const std::string& process, const std::string& line) {
  const RunTime arrived = context_.now();
  copy_ << process << ": " << line << std::endl;
  LogEvent event{
      .at = stamp_of(line, arrived), .arrived = arrived, .process = process, .line = line};
  std::smatch found;
  for (const auto& [meaning, regex] : patterns_) {
    if (!std::regex_search(line, found, regex)) continue;
    event.meaning = meaning_text(meaning);
    if (found.size() > 1) event.wan = found[1].str();
    context_.tell("router: " + line);
    break;
  }
  context_.recorder.add(event);
  heard_(event);
}

asio::awaitable<void> record_network_changes(const RunContext& context, NetworkMonitor& monitor,
                                             std::string node) {
  auto readable = descriptor_for(co_await asio::this_coro::executor, monitor.fd());
  for (;;) {
    co_await readable.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
    const RunTime now = context.now();
    for (auto& [kind, action, text] : monitor.read())
      context.recorder.add(NetworkEvent{
          .at = now, .node = node, .kind = kind, .action = action, .text = std::move(text)});
  }
}

}  // namespace wandrill
