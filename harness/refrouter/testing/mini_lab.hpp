// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill::testing {

/// A client behind a router with two providers, in namespaces of their own, dual stack:
///
///     client ─ lan ─ router ─┬─ wan_a ─ isp_a ─┬─ internet (203.0.113.10, 2001:db8:f::10, and …11)
///                            └─ wan_b ─ isp_b ─┘
///
/// Each provider forwards only its own customer's addresses. Nothing routes at the router yet.
class MiniLab {
 public:
  struct Node {
    NetNs ns = NetNs::create();
    Netlink netlink = Netlink::route(ns);
  };

  MiniLab();

  /// The provider forwards nothing any more, and says nothing; or forwards again.
  void set_silent(Node& isp, bool silent);
  /// The provider's end of the cable goes down, or comes up again.
  void set_carrier(Node& isp, bool carrier);

  Node client;
  Node router;
  Node isp_a;
  Node isp_b;
  Node internet;

 private:
  void join(Node& a, const std::string& a_name, Node& b, const std::string& b_name);
};

}  // namespace wandrill::testing
