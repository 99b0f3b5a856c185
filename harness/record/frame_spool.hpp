// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// A frame that passed a WAN, as far as it is kept.
struct KeptFrame {
  RunInstant at;
  std::uint64_t stamp = 0;  ///< CLOCK_REALTIME, nanoseconds since 1970.
  std::uint32_t original_bytes = 0;
  std::uint8_t wan = 0;
  bool outgoing = false;  ///< Sent to the router, not by it.
  std::span<const std::uint8_t> bytes;
};

/// How much a spool may hold. Frames stand in slots, each of one stretch of time.
struct SpoolSize {
  std::size_t slot_bytes = std::size_t{64} * 1024;
  std::size_t slots = 2048;
};

/// Keeps the frames of a run in a file that does not grow beyond its size: when it is full, what
/// is far from all that was marked goes first, the oldest before others.
class FrameSpool {
 public:
  /// Frames this near a mark, before and after it, are the last to go.
  static constexpr Nanos kBeforeMark = std::chrono::seconds{3};
  static constexpr Nanos kAfterMark = std::chrono::seconds{5};

  /// The file is made with the first frame.
  explicit FrameSpool(std::filesystem::path path, SpoolSize size = {});
  /// Writes what is in memory.
  ~FrameSpool();
  FrameSpool(const FrameSpool&) = delete;
  FrameSpool& operator=(const FrameSpool&) = delete;
  FrameSpool(FrameSpool&&) = delete;
  FrameSpool& operator=(FrameSpool&&) = delete;

  /// Frames come about in the order of their instants.
  void keep(const KeptFrame& frame);
  /// Something happened at this instant.
  void mark(RunInstant at);

 private:
  struct Slot {
    RunInstant from;
    RunInstant until;
    bool is_marked = false;
  };
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void write_slot();
  [[nodiscard]] std::size_t next_slot() const;

  std::filesystem::path path_;
  SpoolSize size_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<Slot> slots_;  ///< As they stand in the file.
  std::vector<char> open_;   ///< The slot that is being filled.
  RunInstant first_;         ///< Of the slot that is being filled.
  RunInstant last_;
  std::optional<RunInstant> marked_;
  std::uint32_t serial_ = 0;
};

/// A spool read back.
struct SpooledFrames {
  std::string bytes;              ///< What the frames point into.
  std::vector<KeptFrame> frames;  ///< In order of their stamps.
  struct Hole {
    RunInstant from;
    RunInstant until;
  };
  std::vector<Hole> holes;  ///< Where frames went for want of room.
};

/// Frames of slots that are cut short or are no slots are left out. Throws std::system_error when
/// the file cannot be read.
SpooledFrames read_spool(const std::filesystem::path& path);

}  // namespace wandrill
