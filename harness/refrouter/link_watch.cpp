// SPDX-License-Identifier: Apache-2.0
#include "refrouter/link_watch.hpp"

#include <array>
#include <cerrno>

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {

LinkWatch::LinkWatch()
    : socket_{check(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE),
                    "open a netlink socket")} {
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK;
  check(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
        "listen for changes of links");
}

void LinkWatch::drain() {
  std::array<char, 8192> buffer{};
  // ENOBUFS only says that there were more than fit.
  while (::recv(socket_.get(), buffer.data(), buffer.size(), 0) >= 0 || errno == ENOBUFS ||
         errno == EINTR) {
  }
}

}  // namespace wandrill
