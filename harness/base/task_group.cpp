// SPDX-License-Identifier: Apache-2.0
#include "base/task_group.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace wandrill {
namespace asio = boost::asio;

namespace {
bool is_cancellation(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error& e) {
    return e.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}
}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor executor)
    : executor_{std::move(executor)}, idle_{executor_, asio::steady_timer::time_point::max()} {}

void TaskGroup::spawn(asio::awaitable<void> task) {
  const auto child = children_.emplace(children_.end());
  asio::co_spawn(
      executor_, std::move(task),
      asio::bind_cancellation_slot(child->slot(), [this, child](const std::exception_ptr& error) {
        finished(child, error);
      }));
}

void TaskGroup::cancel() {
  cancelled_ = true;
  for (auto& child : children_)
    child.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> TaskGroup::join() {
  while (!children_.empty()) {
    co_await idle_.async_wait(asio::as_tuple(asio::use_awaitable));
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none && !cancelled_) cancel();
  }
}

void TaskGroup::finished(std::list<asio::cancellation_signal>::iterator child,
                         const std::exception_ptr& error) {
  // The signal is still in use while its slot's handler runs, so it is dropped from the next turn
  // of the loop.
  asio::post(executor_, [this, child] {
    children_.erase(child);
    if (children_.empty()) idle_.cancel();
  });
  if (!error || (cancelled_ && is_cancellation(error))) return;
  if (!first_error_) {
    first_error_ = error;
    cancel();
  }
}

}  // namespace wandrill
