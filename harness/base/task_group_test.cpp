// SPDX-License-Identifier: Apache-2.0
#include "base/task_group.hpp"

#include <stdexcept>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/testing/catch.hpp"

using namespace wandrill;
namespace asio = boost::asio;

namespace {

/// Waits for something that only a cancellation ends.
asio::awaitable<void> wait_for_ever() {
  asio::steady_timer never{co_await asio::this_coro::executor,
                           asio::steady_timer::time_point::max()};
  co_await never.async_wait(asio::use_awaitable);
}

asio::awaitable<void> count_after_turns(int turns, int& done) {
  for (int i = 0; i < turns; ++i)
    co_await asio::post(asio::use_awaitable);
  ++done;
}

asio::awaitable<void> fail_soon() {
  co_await asio::post(asio::use_awaitable);
  throw std::runtime_error{"boom"};
}

void run_to_end(asio::awaitable<void> body) {
  asio::io_context io{1};
  std::exception_ptr failure;
  bool ended = false;
  asio::co_spawn(io, std::move(body), [&](const std::exception_ptr& error) {
    failure = error;
    ended = true;
  });
  io.run();
  REQUIRE(ended);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

TEST_CASE("A task group ends only when all of its tasks have ended", "[task_group]") {
  int done = 0;
  SECTION("all succeed") {
    run_to_end(with_task_group([&](TaskGroup& group) -> asio::awaitable<void> {
      group.spawn(count_after_turns(1, done));
      group.spawn(count_after_turns(5, done));
      co_return;
    }));
    CHECK(done == 2);
  }
  SECTION("the first failure cancels the rest and is rethrown") {
    CHECK_THROWS_WITH(run_to_end(with_task_group([&](TaskGroup& group) -> asio::awaitable<void> {
                        group.spawn(wait_for_ever());
                        group.spawn(fail_soon());
                        co_return;
                      })),
                      "boom");
  }
  SECTION("a failing body cancels its tasks") {
    CHECK_THROWS_WITH(run_to_end(with_task_group([&](TaskGroup& group) -> asio::awaitable<void> {
                        group.spawn(wait_for_ever());
                        co_await asio::post(asio::use_awaitable);
                        throw std::runtime_error{"body"};
                      })),
                      "body");
  }
}

TEST_CASE("Cancelling the caller of a task group cancels its tasks", "[task_group]") {
  const bool body_waits = GENERATE(true, false);
  asio::io_context io{1};
  asio::cancellation_signal ctrl_c;
  int done = 0;
  bool ended = false;
  asio::co_spawn(io, with_task_group([&](TaskGroup& group) -> asio::awaitable<void> {
                   group.spawn(wait_for_ever());
                   group.spawn(count_after_turns(1, done));
                   if (body_waits) co_await wait_for_ever();
                 }),
                 asio::bind_cancellation_slot(ctrl_c.slot(),
                                              [&](const std::exception_ptr&) { ended = true; }));
  asio::steady_timer later{io, std::chrono::milliseconds{5}};
  later.async_wait([&](auto) { ctrl_c.emit(asio::cancellation_type::terminal); });
  io.run();
  CHECK(ended);
  CHECK(done == 1);
}
