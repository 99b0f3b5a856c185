// SPDX-License-Identifier: Apache-2.0
#include "cli/evidence.hpp"

#include <array>

#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"
#include "protocol/pcapng.hpp"
#include "record/recorder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

RunInstant at(Nanos since) {
  return RunInstant{since};
}

/// A run of 20 s with a frame each 10 ms on either WAN in turn, and a fault at 10 s.
class JudgedRun {
 public:
  JudgedRun() {
    plan_.scenario = "drill";
    plan_.topology.wans = {{.name = "wan_a", .priority = 1}, {.name = "wan_b", .priority = 2}};
    verdict_.expectations = {{.text = "fine", .metric = "router.switches"},
                             {.text = "the gap is short",
                              .metric = "call.up.longest_gap@backup",
                              .outcome = Outcome::kFail,
                              .reason = "It was long.",
                              .broken = TimeSpan{at(10s), at(11s)}}};
    Recorder recorder{folder_.path() / "recording"};
    std::array<std::uint8_t, 60> bytes{};
    for (int i = 0; i < 2000; ++i)
      recorder.keep({.at = at(i * 10ms),
                     .stamp = static_cast<std::uint64_t>(i) * 10'000'000,
                     .original_bytes = 200,
                     .wan = static_cast<std::uint8_t>(i % 2),
                     .bytes = bytes});
    recording_.events.push_back(FaultEvent{
        .at = at(10s), .instant = "applied", .label = "cut", .wan = "wan_a", .what = "carrier"});
  }

  Verdict keep() {
    auto verdict = verdict_;
    keep_evidence(plan_, recording_, folder_.path(), verdict);
    return verdict;
  }
  void pass() { verdict_.expectations[1].outcome = Outcome::kPass; }
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

 private:
  testing::ScratchFolder folder_;
  Plan plan_;
  Recording recording_;
  Verdict verdict_;
};

}  // namespace

TEST_CASE("A failed expectation keeps the packets from 2 s before it was broken until 2 s after") {
  JudgedRun run;
  const auto verdict = run.keep();
  CHECK(verdict.expectations[0].evidence.empty());
  const auto& judged = verdict.expectations[1];
  CHECK(judged.evidence == "evidence/2-call.up.longest_gap-backup.pcapng");
  CHECK(judged.evidence_note.empty());
  const auto bytes = read_file(run.folder() / judged.evidence);
  const auto file =
      read_pcapng({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  REQUIRE(file);
  CHECK(file->is_whole);
  CHECK(file->comment.find("the gap is short: It was long.") != std::string::npos);
  REQUIRE(file->interfaces.size() == 2);
  CHECK(file->interfaces[1].name == "wan_b");
  REQUIRE(file->packets.size() == 500);
  CHECK(file->packets.front().at == 8'000'000'000);
  CHECK(file->packets.front().original_bytes == 200);
  CHECK(file->packets[200].comments ==
        std::vector<std::string>{"carrier on wan_a: applied",
                                 "from here on, 'the gap is short' is broken: It was long."});
  CHECK(file->packets[300].comments == std::vector<std::string>{"until here, 'the gap is short'"});
}

TEST_CASE("Of a run that passes no packet is kept") {
  JudgedRun run;
  run.pass();
  run.keep();
  CHECK_FALSE(std::filesystem::exists(spool_of(run.folder() / "recording")));
  CHECK_FALSE(std::filesystem::exists(run.folder() / "evidence"));
}

TEST_CASE("Evidence that was kept before is named again") {
  JudgedRun run;
  const auto first = run.keep();
  CHECK_FALSE(std::filesystem::exists(spool_of(run.folder() / "recording")));
  CHECK(run.keep().expectations[1].evidence == first.expectations[1].evidence);
}

}  // namespace wandrill
