// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "base/units.hpp"
#include "refrouter/alerts.hpp"

namespace wandrill {

/// How a health check asks: ICMP echo, or UDP echo to port 7 (RFC 862).
enum class CheckKind { kIcmp, kUdp };

/// How the source address of what leaves by a WAN is chosen: the interface's own at the first
/// packet of a connection and again when its route changes, or one that is pinned.
enum class NatKind { kMasquerade, kSnat };

/// When segments are kept apart: kOnPrimary as where a script that runs at a failover forgets the
/// firewall.
enum class Isolation { kOff, kOn, kOnPrimary };

/// When hosts that may speak to a VPN's gateway only are held to it: kOnPrimary as where the rule
/// names the primary's port.
enum class KillSwitch { kOff, kOn, kOnPrimary };

/// When connection tracking is emptied: at every switch, or only at one to a worse WAN, as scripts
/// do that forget the way back.
enum class Flush { kOff, kOn, kOnFailover };

/// One way out. WANs are listed in the order in which they are preferred.
struct WanConfig {
  std::string name;
  std::string interface;
  std::map<Family, IpAddress> gateways;
  std::map<Family, IpAddress> addresses;  ///< The router's own on this WAN.
  std::vector<IpAddress> targets;         ///< Whom its health checks ask.
  BitsPerSecond rate;                     ///< Of the line, away from home; 0: not known.
};

/// A network behind the router.
struct SegmentConfig {
  std::string name;
  std::string interface;
};

/// Who reaches whom, by name.
struct Reach {
  std::string from;  ///< A segment.
  std::string to;
};

/// What comes from this host gets this code point, in nft's word.
struct DscpMark {
  IpAddress host;
  std::string dscp;
};

/// Everything the reference router can be told; docs/reference-router.md says what each does.
struct RefrouterConfig {
  std::vector<WanConfig> wans;
  std::vector<IpAddress> targets;  ///< Of the WANs that have none of their own.
  CheckKind check = CheckKind::kIcmp;
  Nanos interval = std::chrono::milliseconds{200};
  Nanos timeout = std::chrono::milliseconds{300};
  int down_count = 3;
  int up_count = 5;
  int quorum = 1;
  Nanos hold_down = std::chrono::seconds{3};
  bool failback = true;
  Nanos failback_delay{0};
  Flush flush_conntrack = Flush::kOn;
  NatKind nat = NatKind::kMasquerade;
  bool detection = true;
  bool carrier = true;
  bool ipv6 = true;
  bool bind_checks = true;
  std::vector<SegmentConfig> segments;  ///< Empty: whatever comes is forwarded.
  /// Segments reach the WANs, but not each other, and the WANs only answer.
  Isolation isolation = Isolation::kOn;
  std::vector<std::string> guarded;     ///< WANs that only answer; empty: all of them.
  std::vector<Reach> allow;             ///< Segments that reach segments in spite of it.
  std::vector<Reach> deny;              ///< Segments that do not leave by a WAN.
  std::vector<IpAddress> vpn_only;      ///< Hosts that may speak to a VPN's gateway only …
  std::vector<IpAddress> vpn_gateways;  ///< … which is one of these.
  KillSwitch kill_switch = KillSwitch::kOn;
  bool shaping = false;    ///< WAN ports send by classes, and less than the line carries …
  int shape_percent = 95;  ///< … this much of its rate.
  std::vector<DscpMark> marks;
  std::optional<IpAddress> alert_syslog;  ///< Who is told of decisions, by syslog.
  std::optional<IpAddress> alert_snmp;    ///< … and by SNMP traps.
  AlertPolicy alerts;
  std::string control;  ///< Path of the control socket; empty: none.
};

/// Reads a configuration. Throws ConfigError with every mistake, each naming its key
/// ("wans[1].gateways: …"); `file` stands before it.
RefrouterConfig parse_refrouter_config(const std::string& text, const std::string& file);

}  // namespace wandrill
