// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/testing/scratch_folder.hpp"
#include "net/child.hpp"
#include "refrouter/testing/mini_lab.hpp"

namespace wandrill::testing {

/// UDP echo servers, answering while somebody waits.
class EchoServers {
 public:
  /// One more, in a namespace.
  void add(const NetNs& ns, const char* address, std::uint16_t port);
  /// Answers whatever comes in the next few milliseconds.
  void serve_a_moment();

 private:
  std::vector<UniqueFd> sockets_;
};

/// The router's own program, running in a lab, its log read line by line.
class LiveRouter {
 public:
  /// `settings`: what differs from the lab's quick defaults (a check every 50 ms, lost after 150
  /// ms, down after 3, up after 3 and 500 ms).
  LiveRouter(MiniLab& lab, EchoServers& echo, const Json& settings);
  ~LiveRouter();
  LiveRouter(const LiveRouter&) = delete;
  LiveRouter& operator=(const LiveRouter&) = delete;

  /// The next line with this event (and WAN, if given), passing over those before it. Throws
  /// std::runtime_error with the whole log when none comes within 20 s.
  Json wait_for(const std::string& event, const std::string& wan = "");
  /// Whether a line with this event comes within `time`, from now on.
  bool comes_within(const std::string& event, Nanos time);
  /// Its exit status, once it has ended; at most 20 s.
  int wait_for_end();
  [[nodiscard]] std::string all_output() const { return output_; }
  [[nodiscard]] Child& child() noexcept { return child_; }

  void write_config(const Json& settings) const;
  void write_raw_config(const std::string& text) const;
  /// Runs wandrill-refrouterctl with this command; its exit status, and its output.
  std::pair<int, std::string> command(const std::string& word);

 private:
  void read_output();
  bool take_line(const std::string& event, const std::string& wan, Json& line);

  MiniLab& lab_;
  EchoServers& echo_;
  ScratchFolder folder_;
  Child child_;
  std::string output_;
  std::size_t taken_ = 0;  ///< How much of the output has been passed over.
};

/// "wan_a" for the default route of the main table; "" for none.
std::string default_interface(MiniLab::Node& node, Family family, std::uint32_t table = 254);

/// The settings that are quick enough for a test.
Json lab_settings();

}  // namespace wandrill::testing
