// SPDX-License-Identifier: Apache-2.0
#include "lab/waits.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>

#include "base/error.hpp"

namespace wandrill {

namespace asio = boost::asio;

asio::awaitable<void> pause_for(std::chrono::milliseconds time) {
  asio::steady_timer timer{co_await asio::this_coro::executor, time};
  co_await timer.async_wait(asio::use_awaitable);
}

asio::posix::stream_descriptor descriptor_for(const asio::any_io_executor& executor, int fd) {
  return {executor, check(::fcntl(fd, F_DUPFD_CLOEXEC, 0), "duplicate a descriptor")};
}

}  // namespace wandrill
