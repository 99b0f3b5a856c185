// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json_text.hpp"
#include "record/event_kinds.hpp"
#include "record/recorder.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

/// Calls `take` for each whole line, naming the file and line in what it throws. A last line
/// without its end was cut short and is left out.
template <typename Take>
void for_each_line(const fs::path& path, Take&& take) {
  const auto text = read_file(path);
  std::size_t start = 0;
  int number = 1;
  for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    try {
      take(text.substr(start, end - start));
    } catch (const Json::exception&) {
      throw MachineError{
          fmt::format("{}:{}: is damaged: wandrill wrote no such line", path.native(), number)};
    } catch (const std::exception& error) {
      throw MachineError{fmt::format("{}:{}: {}", path.native(), number, error.what())};
    }
    start = end + 1;
    ++number;
  }
}

Json json_of(const std::string& line) {
  if (auto value = parse_json(line)) return std::move(*value);
  throw std::runtime_error{"is damaged: it is not JSON"};
}

RunFacts read_facts(const fs::path& path) {
  if (!fs::exists(path)) return {};
  try {
    return read_json(path).get<RunFacts>();
  } catch (const Json::exception&) {
    throw MachineError{path.native() + ": is damaged: wandrill wrote no such facts"};
  } catch (const std::invalid_argument& error) {
    throw MachineError{path.native() + ": " + error.what()};
  }
}

/// A run that was killed may have lost its end; one that says how it ended has lost nothing.
void check_size(const fs::path& path, std::uint64_t expected) {
  const auto found = fs::file_size(path);
  if (found < expected)
    throw MachineError{
        fmt::format("{}: has {} bytes, but the run wrote {}: the recording is damaged and is not "
                    "used",
                    path.native(), found, expected)};
}

template <typename Column>
void join(Column& all, const Column& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// Takes all packets from the disk into memory.
void load_packets(Recording& recording) {
  recording.visit_sent([&to = recording.sent](const SentColumns& block) {
    join(to.flow, block.flow);
    join(to.sequence, block.sequence);
    join(to.scheduled, block.scheduled);
    join(to.lateness, block.lateness);
  });
  recording.visit_received([&to = recording.received](const ReceivedColumns& block) {
    join(to.flow, block.flow);
    join(to.sequence, block.sequence);
    join(to.at, block.at);
    join(to.read_delay, block.read_delay);
  });
  recording.visit_tapped([&to = recording.tapped](const TappedColumns& block) {
    join(to.flow, block.flow);
    join(to.sequence, block.sequence);
    join(to.at, block.at);
    join(to.wan, block.wan);
    join(to.direction, block.direction);
    join(to.source, block.source);
  });
  recording.stored.reset();
}

}  // namespace

void Recording::visit_sent(const std::function<void(const SentColumns&)>& take) const {
  if (sent.size() > 0) take(sent);
  if (stored) stored->visit_sent(take);
}

void Recording::visit_received(const std::function<void(const ReceivedColumns&)>& take) const {
  if (received.size() > 0) take(received);
  if (stored) stored->visit_received(take);
}

void Recording::visit_tapped(const std::function<void(const TappedColumns&)>& take) const {
  const auto take_known = [&](const TappedColumns& block) {
    if (*std::ranges::max_element(block.source) >= addresses.size())
      throw MachineError{stored->name() + ": names more sources than addresses.txt holds"};
    take(block);
  };
  if (tapped.size() > 0) take(tapped);
  if (stored) stored->visit_tapped(take_known);
}

bool Recording::has_sent() const {
  return sent.size() > 0 || (stored && stored->has_sent());
}

Recording open_recording(const fs::path& folder) {
  const auto packets = folder / "packets.bin";
  if (!std::ifstream{packets})
    throw MachineError{folder.native() + ": holds no recording (packets.bin cannot be read)"};
  Recording recording;
  recording.facts = read_facts(folder / "facts.json");
  check_size(packets, recording.facts.packet_bytes);
  check_size(folder / "events.jsonl", recording.facts.event_bytes);
  for_each_line(folder / "addresses.txt", [&](const std::string& line) {
    const auto address = IpAddress::parse(line);
    if (!address) throw std::runtime_error{"'" + line + "' is not an address"};
    recording.addresses.push_back(*address);
  });
  for_each_line(folder / "events.jsonl", [&](const std::string& line) {
    if (auto event = decode_event(json_of(line))) recording.events.push_back(std::move(*event));
  });
  recording.stored.emplace(packets);
  return recording;
}

Recording read_recording(const fs::path& folder) {
  auto recording = open_recording(folder);
  load_packets(recording);
  return recording;
}

}  // namespace wandrill
