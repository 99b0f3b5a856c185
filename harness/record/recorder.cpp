// SPDX-License-Identifier: Apache-2.0
#include "record/recorder.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>

#include "base/error.hpp"
#include "base/files.hpp"
#include "record/packet_blocks.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

/// A file that grows by whole pieces: what could not be written in full is taken back, so that a
/// later piece never follows half of an earlier one.
class GrowingFile {
 public:
  explicit GrowingFile(fs::path path) : path_{std::move(path)} {
    write_file(path_, "");
    errno = 0;
    file_.reset(std::fopen(path_.c_str(), "abe"));  // "e": not inherited by the router's programs.
    if (!file_) check(-1, "open {}", path_.native());
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);
  }

  void append(const std::string& bytes) {
    if (bytes.empty()) return;
    errno = 0;
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size()) {
      size_ += bytes.size();
      return;
    }
    const int reason = errno;
    std::clearerr(file_.get());
    std::error_code ignored;
    fs::resize_file(path_, size_, ignored);
    errno = reason;
    check(-1, "write {}", path_.native());
  }
  [[nodiscard]] std::uintmax_t size() const noexcept { return size_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  fs::path path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::uintmax_t size_ = 0;
};

fs::path created(fs::path folder) {
  fs::create_directories(folder);
  return folder;
}

/// Empties the columns but keeps their memory for the next block.
template <typename... Columns>
void clear(Columns&... columns) {
  (columns.clear(), ...);
}

/// What packets are looked at for afterwards.
bool is_of_note(const Event& event) {
  if (const auto* line = std::get_if<LogEvent>(&event)) return !line->meaning.empty();
  return std::holds_alternative<FaultEvent>(event) || std::holds_alternative<FlapEvent>(event) ||
         std::holds_alternative<CommandEvent>(event) ||
         std::holds_alternative<PolicyEvent>(event) || std::holds_alternative<GateEvent>(event);
}

constexpr std::size_t kMostEventBytes = 65536;
constexpr std::size_t kMostAddresses = 65535;

}  // namespace

struct Recorder::State {
  State(fs::path where, std::size_t rows)
      : folder{created(std::move(where))}, rows_per_block{std::max<std::size_t>(rows, 1)} {
    packets.append(packets_header());
  }

  void spill();
  void spill_if_full(std::size_t rows) {
    if (rows >= rows_per_block) spill();
  }
  std::uint16_t index_of(const IpAddress& source);

  fs::path folder;
  std::size_t rows_per_block;
  GrowingFile events{folder / "events.jsonl"};
  GrowingFile addresses{folder / "addresses.txt"};
  GrowingFile packets{folder / "packets.bin"};
  FrameSpool frames{spool_of(folder)};
  SentColumns sent;
  ReceivedColumns received;
  TappedColumns tapped;
  std::string event_lines;
  std::string address_lines;
  std::string blocks;
  std::map<IpAddress, std::uint16_t> known_addresses;
};

// All kinds are spilled together, so that a killed run ends at one instant for all of them; the
// sent packets last, so that a cut in between loses packets that were sent rather than inventing
// losses.
void Recorder::State::spill() {
  events.append(event_lines);
  event_lines.clear();
  addresses.append(address_lines);
  address_lines.clear();
  blocks.clear();
  append_block(blocks, received);
  append_block(blocks, tapped);
  append_block(blocks, sent);
  packets.append(blocks);
  clear(received.flow, received.sequence, received.at, received.read_delay);
  clear(tapped.flow, tapped.sequence, tapped.at, tapped.wan, tapped.direction, tapped.source);
  clear(sent.flow, sent.sequence, sent.scheduled, sent.lateness);
}

std::uint16_t Recorder::State::index_of(const IpAddress& source) {
  if (const auto known = known_addresses.find(source); known != known_addresses.end())
    return known->second;
  const auto next = known_addresses.size();
  if (next >= kMostAddresses) return kMostAddresses;
  known_addresses.emplace(source, static_cast<std::uint16_t>(next));
  address_lines += to_string(source) + "\n";
  // The last index stands for all the addresses that have none of their own.
  if (next + 1 == kMostAddresses) address_lines += "::\n";
  return static_cast<std::uint16_t>(next);
}

Recorder::Recorder(fs::path folder, std::size_t rows_per_block)
    : state_{std::make_unique<State>(std::move(folder), rows_per_block)} {}

Recorder::Recorder(Recorder&&) noexcept = default;
Recorder& Recorder::operator=(Recorder&&) noexcept = default;

Recorder::~Recorder() {
  if (!state_) return;
  try {
    state_->spill();
  } catch (const std::exception&) {
    // flush() is how to hear of a full disk; a destructor must not throw.
  }
}

void Recorder::set_facts(RunFacts facts) {
  state_->spill();
  facts.packet_bytes = state_->packets.size();
  facts.event_bytes = state_->events.size();
  write_file(state_->folder / "facts.json",
             Json(facts).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void Recorder::add(const Event& event) {
  if (state_->event_lines.size() >= kMostEventBytes) state_->spill();
  if (is_of_note(event)) state_->frames.mark(instant_of(event));
  // Programs of the router may log any bytes; those that are not UTF-8 are replaced.
  state_->event_lines += Json(event).dump(-1, ' ', false, Json::error_handler_t::replace);
  state_->event_lines += '\n';
}

void Recorder::sent(std::uint16_t flow, std::uint64_t sequence, RunInstant scheduled,
                    std::int32_t lateness) {
  state_->spill_if_full(state_->sent.size());
  state_->sent.append(flow, sequence, scheduled, lateness);
}

void Recorder::received(std::uint16_t flow, std::uint64_t sequence, RunInstant stamp,
                        std::int32_t read_delay) {
  state_->spill_if_full(state_->received.size());
  state_->received.append(flow, sequence, stamp, read_delay);
}

// NOLINTNEXTLINE(readability-function-size): one parameter per column.
void Recorder::tapped(std::uint16_t flow, std::uint64_t sequence, RunInstant seen, std::uint8_t wan,
                      std::uint8_t direction, const IpAddress& source) {
  state_->spill_if_full(state_->tapped.size());
  state_->tapped.append(flow, sequence, seen, wan, direction, state_->index_of(source));
}

void Recorder::keep(const KeptFrame& frame) {
  state_->frames.keep(frame);
}

void Recorder::flush() {
  state_->spill();
}

fs::path spool_of(const fs::path& recording) {
  return recording / "frames.spool";
}

}  // namespace wandrill
