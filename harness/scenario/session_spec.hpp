// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "scenario/placed.hpp"

namespace wandrill {

/// One entry of `traffic`, as written. Which keys a kind has, session_section() says.
struct SessionSpec {
  Placed<std::string> name;
  std::vector<Placed<std::string>> keys;  ///< All that were written.
  Placed<std::string> kind;
  Placed<std::string> from;
  Placed<std::string> to;
  std::vector<Placed<std::string>> all_from;  ///< Of kind forbidden: from each of these …
  std::vector<Placed<std::string>> all_to;    ///< … to each of these.
  std::optional<Placed<std::string>> family;
  std::optional<Placed<std::string>> ask_for;
  std::optional<Placed<std::string>> codec;
  std::optional<Placed<std::string>> ie;
  std::optional<Placed<std::string>> bpl;
  std::optional<Placed<Nanos>> playout;
  std::optional<Placed<std::string>> through;
  std::optional<Placed<std::string>> transport;
  std::optional<Placed<std::uint64_t>> port;
  std::optional<Placed<Nanos>> keepalive;
  std::optional<Placed<Nanos>> restart_after;
  std::optional<Placed<std::string>> direction;
  std::optional<Placed<BitsPerSecond>> rate;
  std::optional<Placed<Nanos>> starts;
  std::optional<Placed<std::string>> connection;
  std::optional<Placed<std::string>> profile;
  std::optional<Placed<Nanos>> keepalive_after;
  std::optional<Placed<Nanos>> keepalive_every;
  std::optional<Placed<std::uint64_t>> keepalive_count;
  std::optional<Placed<Nanos>> register_every;
  std::optional<Placed<Nanos>> options_every;
  std::optional<Placed<Nanos>> talk;
  std::optional<Placed<Nanos>> pause;
  std::optional<Placed<Nanos>> rtp_timeout;
  std::optional<Placed<Nanos>> far_end_rtp_timeout;
  std::optional<Placed<Nanos>> expires;
  std::optional<Placed<Nanos>> refresh_every;
  std::optional<Placed<std::string>> peer;
  std::optional<Placed<std::string>> like;
  std::optional<Placed<std::uint64_t>> learn_after;
  std::optional<Placed<Nanos>> learn_for;
  std::optional<Placed<std::string>> strangers;
  std::vector<Placed<std::string>> run;
  std::vector<Placed<std::string>> answer;
  std::vector<PlacedPair> files;
  std::optional<Placed<Nanos>> interval;
  std::optional<Placed<Bytes>> payload;
  std::optional<Placed<std::uint64_t>> calls;
  std::optional<Placed<std::uint64_t>> dscp;
  std::optional<Placed<Nanos>> late_after;
};

}  // namespace wandrill
