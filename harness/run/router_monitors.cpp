// SPDX-License-Identifier: Apache-2.0
#include "run/router_monitors.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "lab/waits.hpp"

namespace wandrill {

namespace asio = boost::asio;

LogReader::LogReader(const RunContext& context, std::ofstream copy,
                     std::function<void(const LogEvent&)> heard)
    : context_{context},
      copy_{std::move(copy)},
      heard_{std::move(heard)},
      patterns_{context.plan.router} {}

void LogReader::take(const std::string& process, const std::string& line) {
  const RunInstant arrived = context_.now();
  copy_ << process << ": " << line << std::endl;
  auto reading = patterns_.read(line);
  const LogEvent event{.at = reading.stamp ? context_.origin.at(*reading.stamp) : arrived,
                       .arrived = arrived,
                       .process = process,
                       .line = line,
                       .meaning = std::move(reading.meaning),
                       .wan = std::move(reading.wan)};
  if (!event.meaning.empty()) context_.tell("router: " + line);
  context_.recorder.add(event);
  heard_(event);
}

asio::awaitable<void> record_network_changes(const RunContext& context, NetworkMonitor& monitor,
                                             std::string node) {
  auto readable = descriptor_for(co_await asio::this_coro::executor, monitor.fd());
  for (;;) {
    co_await readable.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
    const RunInstant now = context.now();
    for (auto& [kind, action, text] : monitor.read())
      context.recorder.add(NetworkEvent{
          .at = now, .node = node, .kind = kind, .action = action, .text = std::move(text)});
  }
}

}  // namespace wandrill
