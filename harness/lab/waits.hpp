// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace wandrill {

/// For what has no deadline on the run's clock, such as looking at a program every few ms.
boost::asio::awaitable<void> pause_for(std::chrono::milliseconds time);

/// A second descriptor of the same file for Asio, which closes what it is given. Throws
/// std::system_error.
boost::asio::posix::stream_descriptor descriptor_for(const boost::asio::any_io_executor& executor,
                                                     int fd);

}  // namespace wandrill
