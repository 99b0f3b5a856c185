// SPDX-License-Identifier: Apache-2.0
#include "lab/lab_program.hpp"

#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

/// A shell script, as a program of the lab.
struct Script {
  std::vector<std::string> lines;
  std::vector<std::string> notes;
  LabProgram program;

  Script(const std::string& text, const std::string& ready_pattern)
      : program{"the daemon", ready_pattern, Child{{.command = {"sh", "-c", text}}},
                [this](const std::string& line) { lines.push_back(line); }} {}

  void wait_until_ready(Nanos within = 20s) { wait_until_ready(Patience{within, look_now()}); }
  void wait_until_ready(Patience patience) {
    boost::asio::io_context io;
    std::exception_ptr thrown;
    const auto notify = [this](const std::string& text) { notes.push_back(text); };
    boost::asio::co_spawn(io, program.wait_until_ready(patience, notify),
                          [&](const std::exception_ptr& error) { thrown = error; });
    io.run();
    if (thrown) std::rethrow_exception(thrown);
  }
  /// Nobody has looked since then.
  void wait_until_ready_since(Nanos ago, Nanos within) {
    auto start = look_now();
    start.at -= ago;
    wait_until_ready(Patience{within, start});
  }
  void take_all() {
    while (!program.child().poll_status())
      program.take_output();
    program.take_output();
  }
};

}  // namespace

TEST_CASE("A program is ready once it says so, even in a line that has no end", "[lab_program]") {
  Script script{"echo starting; printf 'up and running'; sleep 60", "up and"};
  script.wait_until_ready();
  CHECK(script.program.is_ready());
  CHECK(script.lines == std::vector<std::string>{"starting"});
  CHECK(script.notes.empty());
}

TEST_CASE("A program that dies before it is ready is quoted", "[lab_program]") {
  Script script{"echo one; printf 'no such file'; exit 3", "ready"};
  CHECK_THROWS_WITH(script.wait_until_ready(),
                    "the daemon ended with exit status 3 before it was ready; its last lines:\n"
                    "  one\n  no such file");
  Script silent{"kill -9 $$", "ready"};
  CHECK_THROWS_WITH(silent.wait_until_ready(),
                    "the daemon was killed by signal 9 before it was ready; it wrote nothing");
}

TEST_CASE("A program that never gets ready is given up", "[lab_program]") {
  Script script{"echo waiting; sleep 60", "ready"};
  // A busy machine stretches it, and says so.
  CHECK_THROWS_WITH(script.wait_until_ready(200ms),
                    Contains("the daemon did not become ready within ") && Contains("200ms"));
}

TEST_CASE("A program is waited for while the machine stalls, at most three times as long",
          "[lab_program]") {
  Script late{"echo ready; sleep 60", "ready"};
  late.wait_until_ready_since(50s, 20s);
  REQUIRE(late.notes.size() == 1);
  CHECK_THAT(late.notes.front(), Contains("the daemon was ready after 5") &&
                                     Contains("s; 20s are allowed and this machine kept"));
  Script never{"sleep 60", "ready"};
  CHECK_THROWS_WITH(never.wait_until_ready_since(61s, 20s),
                    Contains("the daemon did not become ready within 6") &&
                        Contains("s (3 times 20s: this machine kept programs waiting for "));
  CHECK(never.notes.empty());
}

TEST_CASE("The end of a program is seen while what it started still holds its output") {
  Script script{"sleep 60 & echo started; exit 4", ""};
  boost::asio::io_context io;
  bool ended = false;
  boost::asio::co_spawn(io, script.program.read_until_end(),
                        [&](const std::exception_ptr&) { ended = true; });
  io.run_for(20s);
  CHECK(ended);
  CHECK(end_text(script.program.child().poll_status().value_or(0)) == "ended with exit status 4");
  CHECK(script.lines == std::vector<std::string>{"started"});
}

TEST_CASE("More output than a pipe holds arrives whole, its last line too", "[lab_program]") {
  Script script{"i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; printf last", ""};
  CHECK(script.program.is_ready());
  script.take_all();
  REQUIRE(script.lines.size() == 20001);
  CHECK(script.lines[19999] == "line 19999");
  CHECK(script.lines.back() == "last");
}

TEST_CASE("A line without an end does not grow for ever", "[lab_program]") {
  Script script{"head -c 100000 /dev/zero | tr '\\0' x", ""};
  script.take_all();
  std::size_t all = 0;
  for (const auto& line : script.lines) {
    CHECK(line.size() <= 20480);
    all += line.size();
  }
  CHECK(all == 100000);
}

TEST_CASE("A program that never stops writing is ended with a sentence", "[lab_program]") {
  Script script{"exec yes \"$(printf %01000d 0)\"", ""};  // long lines: all of them are looked at
  CHECK_THROWS_WITH(script.take_all(), Contains("the daemon has written more than 64 MiB; "));
}
