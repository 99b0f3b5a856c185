// SPDX-License-Identifier: Apache-2.0
#include "record/recorder.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;

namespace {

namespace fs = std::filesystem;

/// Stands in for a full disk: no file of this process may grow beyond `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)} {
    check(::getrlimit(RLIMIT_FSIZE, &before_), "read the limit of file sizes");
    const rlimit lower{bytes, before_.rlim_max};
    check(::setrlimit(RLIMIT_FSIZE, &lower), "limit file sizes");
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

RunInstant at(std::int64_t nanos) {
  return RunInstant{Nanos{nanos}};
}

const auto kIspA = *IpAddress::parse("100.64.1.2");
const auto kIspB = *IpAddress::parse("2001:db8:b::2");

}  // namespace

TEST_CASE("A recording comes back as it was written, over several spills", "[recorder]") {
  const testing::ScratchFolder folder;
  {
    Recorder recorder{folder.path() / "recording", 3};
    for (std::uint64_t number = 0; number < 10; ++number) {
      const auto time = static_cast<std::int64_t>(number) * 1000;
      recorder.sent(1, number, at(time), 7);
      recorder.received(2, number, at(time + 5), 9);
      recorder.tapped(1, number, at(time + 2), 0, 1, number < 5 ? kIspA : kIspB);
      recorder.add(StageEvent{at(time), "stage " + std::to_string(number)});
    }
  }
  const auto recording = read_recording(folder.path() / "recording");
  REQUIRE(recording.sent.size() == 10);
  REQUIRE(recording.received.size() == 10);
  REQUIRE(recording.tapped.size() == 10);
  REQUIRE(recording.events.size() == 10);
  CHECK(recording.sent.sequence[9] == 9);
  CHECK(recording.received.at[9] == 9005);
  CHECK(recording.addresses == std::vector{kIspA, kIspB});
  CHECK(recording.addresses[recording.tapped.source[4]] == kIspA);
  CHECK(recording.addresses[recording.tapped.source[5]] == kIspB);
  CHECK(std::get<StageEvent>(recording.events[9]).stage == "stage 9");
}

TEST_CASE("The facts of a run come back, and the last ones count", "[recorder]") {
  const testing::ScratchFolder folder;
  Recorder recorder{folder.path()};
  RunFacts facts{"wire", "no netem here", "6.1.0", "0.1.0", "2026-01-02T03:04:05Z", true, true};
  recorder.set_facts(facts);
  CHECK(read_recording(folder.path()).facts.ending == RunEnding::kLost);
  facts.ending = RunEnding::kError;
  facts.error = "no veth";
  facts.missing_capability = "netem";
  recorder.add(StageEvent{at(1), "end"});
  recorder.set_facts(facts);
  facts.packet_bytes = fs::file_size(folder.path() / "packets.bin");
  facts.event_bytes = fs::file_size(folder.path() / "events.jsonl");
  CHECK(facts.event_bytes > 0);
  CHECK(Json(read_recording(folder.path()).facts) == Json(facts));
}

TEST_CASE("A recording that is shorter than it was is damaged, even if it ends between two blocks",
          "[recorder]") {
  const testing::ScratchFolder folder;
  Recorder recorder{folder.path()};
  recorder.sent(0, 1, at(1), 0);
  recorder.flush();
  const auto first_block = fs::file_size(folder.path() / "packets.bin");
  recorder.sent(0, 2, at(2), 0);
  recorder.add(StageEvent{at(1), "end"});
  recorder.set_facts({.ending = RunEnding::kComplete});
  CHECK(read_recording(folder.path()).sent.size() == 2);
  const auto* file = GENERATE("packets.bin", "events.jsonl");
  fs::resize_file(folder.path() / file, std::string{file} == "packets.bin" ? first_block : 0);
  CHECK_THROWS_WITH(read_recording(folder.path()),
                    Catch::Matchers::Contains(file) && Catch::Matchers::Contains("damaged"));
}

TEST_CASE("A killed run leaves what was flushed, and its ending is lost", "[recorder]") {
  const testing::ScratchFolder folder;
  Recorder recorder{folder.path()};
  recorder.sent(0, 1, at(1), 0);
  recorder.add(StageEvent{at(1), "timeline"});
  recorder.flush();
  recorder.sent(0, 2, at(2), 0);
  const auto recording = read_recording(folder.path());
  CHECK(recording.sent.size() == 1);
  CHECK(recording.events.size() == 1);
  CHECK(recording.facts.ending == RunEnding::kLost);
}

TEST_CASE("Rows held in memory never exceed a block", "[recorder]") {
  const testing::ScratchFolder folder;
  Recorder recorder{folder.path(), 100};
  for (std::uint64_t number = 0; number < 250; ++number)
    recorder.sent(0, number, at(1), 0);
  CHECK(read_recording(folder.path()).sent.size() == 200);
}

TEST_CASE("A line of events that was cut short is left out", "[recorder]") {
  const testing::ScratchFolder folder;
  {
    Recorder recorder{folder.path()};
    recorder.add(StageEvent{at(1), "timeline"});
  }
  std::ofstream{folder.path() / "events.jsonl", std::ios::app} << R"({"event":"eclipse","at":2})"
                                                               << "\n"
                                                               << R"({"event":"sta)";
  CHECK(read_recording(folder.path()).events.size() == 1);
}

TEST_CASE("A line of events that is no JSON is refused with its place", "[recorder]") {
  const testing::ScratchFolder folder;
  { Recorder recorder{folder.path()}; }
  std::ofstream{folder.path() / "events.jsonl", std::ios::app} << "half a li\n";
  CHECK_THROWS_WITH(read_recording(folder.path()), Catch::Contains("events.jsonl:1: "));
}

TEST_CASE("Log lines of any bytes can be recorded", "[recorder]") {
  const testing::ScratchFolder folder;
  {
    Recorder recorder{folder.path()};
    recorder.add(LogEvent{at(1), at(1), "daemon", "caf\xe9", "", ""});
  }
  const auto recording = read_recording(folder.path());
  CHECK(std::get<LogEvent>(recording.events.at(0)).line == "caf\xef\xbf\xbd");
}

TEST_CASE("A folder without a recording is named", "[recorder]") {
  const testing::ScratchFolder folder;
  CHECK_THROWS_WITH(read_recording(folder.path()),
                    folder.path().native() + ": holds no recording (packets.bin cannot be read)");
}

TEST_CASE("A full disk is told, and the file keeps its whole blocks", "[recorder]") {
  const testing::ScratchFolder folder;
  Recorder recorder{folder.path()};
  recorder.sent(0, 1, at(1), 0);
  recorder.flush();
  for (std::uint64_t number = 2; number < 100; ++number)
    recorder.sent(0, number, at(1), 0);
  {
    const FileSizeLimit limit{1000};
    CHECK_THROWS_WITH(recorder.flush(),
                      "write " + (folder.path() / "packets.bin").native() + ": File too large");
  }
  CHECK(read_recording(folder.path()).sent.size() == 1);
  recorder.flush();
  CHECK(read_recording(folder.path()).sent.size() == 99);
}

TEST_CASE("A disk too full for the facts keeps the recording readable", "[recorder]") {
  const testing::ScratchFolder folder;
  Recorder recorder{folder.path()};
  const FileSizeLimit limit{10};
  CHECK_THROWS_WITH(recorder.set_facts({}), Catch::Contains("facts.json: File too large"));
  CHECK(read_recording(folder.path()).facts.ending == RunEnding::kLost);
}
