// SPDX-License-Identifier: Apache-2.0
#include "record/frame_spool.hpp"

#include <array>

#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

/// Slots that hold ten frames of 76 bytes.
constexpr SpoolSize kSmall{.slot_bytes = 16 + 10 * 100, .slots = 10};

RunInstant instant(Nanos since) {
  return RunInstant{since};
}

/// A frame at each 100 ms from 0 on: a slot is a second.
class Spooled {
 public:
  explicit Spooled(int frames, std::vector<Nanos> marks = {}) {
    FrameSpool spool{path(), kSmall};
    std::array<std::uint8_t, 76> bytes{};
    for (int i = 0; i < frames; ++i) {
      const auto now = i * 100ms;
      for (const auto& mark : marks)
        if (mark == now) spool.mark(instant(mark));
      bytes[0] = static_cast<std::uint8_t>(i);
      spool.keep({.at = instant(now),
                  .stamp = static_cast<std::uint64_t>(i) + 1000,
                  .original_bytes = 214,
                  .wan = static_cast<std::uint8_t>(i % 2),
                  .outgoing = i % 3 == 0,
                  .bytes = bytes});
    }
  }
  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "frames.spool"; }
  [[nodiscard]] SpooledFrames read() const { return read_spool(path()); }
  [[nodiscard]] std::size_t count(Nanos from, Nanos until) const {
    std::size_t count = 0;
    for (const auto& frame : read().frames)
      if (frame.at >= instant(from) && frame.at < instant(until)) ++count;
    return count;
  }

 private:
  testing::ScratchFolder folder_;
};

}  // namespace

TEST_CASE("Frames come back from a spool as they were kept") {
  const auto spooled = Spooled{25}.read();
  REQUIRE(spooled.frames.size() == 25);
  CHECK(spooled.holes.empty());
  const auto& frame = spooled.frames[24];
  CHECK(frame.at == instant(2400ms));
  CHECK(frame.stamp == 1024);
  CHECK(frame.original_bytes == 214);
  CHECK(frame.wan == 0);
  CHECK(frame.outgoing);
  REQUIRE(frame.bytes.size() == 76);
  CHECK(frame.bytes[0] == 24);
}

TEST_CASE(
    "A spool does not grow beyond its size; the oldest go, and it says from when until when") {
  const Spooled spooled{500};
  CHECK(std::filesystem::file_size(spooled.path()) == kSmall.slot_bytes * kSmall.slots);
  const auto read = spooled.read();
  CHECK(read.frames.size() == 100);
  CHECK(read.frames.front().at == instant(40s));
  REQUIRE(read.holes.size() == 1);
  CHECK(read.holes[0].from == instant(0s));
  CHECK(read.holes[0].until == instant(40s));
}

TEST_CASE("What is near a mark outlives what is not") {
  const Spooled spooled{500, {10s}};
  CHECK(spooled.count(7s, 15s) == 80);
  CHECK(spooled.count(49s, 50s) == 10);
  const auto read = spooled.read();
  REQUIRE(read.holes.size() == 2);
  CHECK(read.holes[1].from == instant(15900ms));
}

TEST_CASE("When all is marked, the oldest goes all the same") {
  std::vector<Nanos> marks;
  for (Nanos mark{0}; mark < 50s; mark += 1s)
    marks.push_back(mark);
  const Spooled spooled{500, marks};
  CHECK(spooled.count(40s, 50s) == 100);
}

TEST_CASE("A spool that is cut short gives what is whole") {
  const Spooled spooled{100};
  std::filesystem::resize_file(spooled.path(), kSmall.slot_bytes * 2 + 150);
  CHECK(spooled.read().frames.size() >= 20);
  CHECK(spooled.read().frames.size() < 30);
}

TEST_CASE("No frame, no file") {
  const Spooled spooled{0};
  CHECK_FALSE(std::filesystem::exists(spooled.path()));
}
