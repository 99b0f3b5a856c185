// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <exception>
#include <list>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

namespace wandrill {

/// The child tasks of one coroutine. Only with_task_group() makes one, so no child outlives it.
class TaskGroup {
 public:
  /// Starts `task`. If it fails, its siblings are cancelled.
  void spawn(boost::asio::awaitable<void> task);
  void cancel();

 private:
  template <typename Body>
  friend boost::asio::awaitable<void> with_task_group(Body body);

  explicit TaskGroup(boost::asio::any_io_executor executor);
  boost::asio::awaitable<void> join();
  void finished(std::list<boost::asio::cancellation_signal>::iterator child,
                const std::exception_ptr& error);

  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer idle_;
  std::list<boost::asio::cancellation_signal> children_;
  std::exception_ptr first_error_;
  bool cancelled_ = false;
};

/// Runs `body(group)` and returns when the body and every task it spawned have ended.
/// Rethrows the first failure. Cancelling the caller cancels the children.
template <typename Body>
boost::asio::awaitable<void> with_task_group(Body body) {
  namespace this_coro = boost::asio::this_coro;
  TaskGroup group{co_await this_coro::executor};
  std::exception_ptr failure;
  try {
    co_await body(group);
  } catch (...) {
    failure = std::current_exception();
    group.cancel();
  }
  // A cancelled coroutine throws at its next co_await; the children must be awaited all the same.
  const bool throws = co_await this_coro::throw_if_cancelled();
  co_await this_coro::throw_if_cancelled(false);
  co_await group.join();
  co_await this_coro::throw_if_cancelled(throws);
  if (group.first_error_) std::rethrow_exception(group.first_error_);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace wandrill
