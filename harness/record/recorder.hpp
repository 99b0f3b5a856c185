// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>

#include "record/frame_spool.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// Writes a Recording into a folder while the run goes on: facts.json, events.jsonl, addresses.txt
/// and packets.bin (blocks of columns, see docs/recording.md). Blocks are spilled when they are
/// full and by flush(), so that memory stays bounded and a killed run leaves what it saw. A spill
/// of full blocks of the default size is one write of at most 0.6 MB, well below a millisecond.
class Recorder {
 public:
  /// Creates the folder. `rows_per_block`: how many rows of a kind are held in memory at most.
  explicit Recorder(std::filesystem::path folder, std::size_t rows_per_block = 8192);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  Recorder(Recorder&&) noexcept;
  Recorder& operator=(Recorder&&) noexcept;
  ~Recorder();

  void set_facts(RunFacts facts);
  void add(const Event& event);
  void sent(std::uint16_t flow, std::uint64_t sequence, RunInstant scheduled,
            std::int32_t lateness);
  void received(std::uint16_t flow, std::uint64_t sequence, RunInstant stamp,
                std::int32_t read_delay);
  // NOLINTNEXTLINE(readability-function-size): one parameter per column.
  void tapped(std::uint16_t flow, std::uint64_t sequence, RunInstant seen, std::uint8_t wan,
              std::uint8_t direction, const IpAddress& source);
  /// Keeps a frame in frames.spool, for as long as there is room: see FrameSpool. What is added of
  /// faults, the router's words, leaks and gates marks what lies around it.
  void keep(const KeptFrame& frame);
  /// Writes everything held in memory to the folder. Throws std::system_error (a full disk).
  void flush();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The spool within a Recording's folder, with which evidence is cut once the run is judged.
std::filesystem::path spool_of(const std::filesystem::path& recording);

/// Reads a Recording back, but for its packets, which stay on the disk until they are visited; a
/// line or block cut short at the end (a killed run) is left out. Throws MachineError for a folder
/// that holds none, or one of another format version, or one that is damaged.
Recording open_recording(const std::filesystem::path& folder);
/// The same with all packets in memory.
Recording read_recording(const std::filesystem::path& folder);

}  // namespace wandrill
