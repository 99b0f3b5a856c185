// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/capture_file.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/version.hpp"

namespace wandrill {
namespace {

/// A WAN's packets come when its ring hands over a block of them: some milliseconds late, and
/// longer where the tester stalls.
constexpr std::uint64_t kWaitNanos = 250'000'000;

}  // namespace

std::vector<PcapngInterface> wan_interfaces(const TopologyPlan& topology, std::uint32_t snap) {
  std::vector<PcapngInterface> interfaces;
  for (const auto& wan : topology.wans)
    interfaces.push_back({.name = wan.name,
                          .description = fmt::format("between {} and {}, on the router's side of "
                                                     "what impairs the line",
                                                     wan.router.node, wan.isp.node),
                          .snap = snap});
  return interfaces;
}

CaptureFile::CaptureFile(std::filesystem::path path, const std::string& comment,
                         const std::vector<PcapngInterface>& interfaces)
    : path_{std::move(path)},
      file_{path_, std::ios::binary | std::ios::trunc},
      counts_(interfaces.size()) {
  write(pcapng_section(fmt::format("wandrill {}", kVersion), comment));
  for (const auto& interface : interfaces)
    write(pcapng_interface(interface));
  flush();
}

CaptureFile::~CaptureFile() {
  write_until(std::numeric_limits<std::uint64_t>::max());
  for (std::size_t i = 0; i < counts_.size(); ++i)
    write(pcapng_statistics({.interface = static_cast<std::uint32_t>(i),
                             .at = latest_,
                             .received = counts_[i].received,
                             .dropped = counts_[i].dropped,
                             .comments = std::exchange(comments_, {})}));
}

void CaptureFile::add(std::uint8_t wan, const Capture::Frame& frame) {
  const auto at = realtime_nanos(frame.stamp);
  latest_ = std::max(latest_, at);
  ++counts_[wan].received;
  // As the router sees it: what comes to the tap from the router goes out of the router.
  waiting_.emplace(at, pcapng_packet({.interface = wan,
                                      .at = at,
                                      .direction = frame.outgoing ? PcapngDirection::kInbound
                                                                  : PcapngDirection::kOutbound,
                                      .original_bytes = frame.original_bytes,
                                      .bytes = frame.bytes,
                                      .comments = std::exchange(comments_, {})}));
  write_until(latest_ - std::min(latest_, kWaitNanos));
}

void CaptureFile::write_until(std::uint64_t at) {
  const auto end = waiting_.upper_bound(at);
  for (auto one = waiting_.begin(); one != end; ++one)
    write(one->second);
  waiting_.erase(waiting_.begin(), end);
}

void CaptureFile::note_drops(std::uint8_t wan, std::uint32_t dropped) {
  counts_[wan].dropped += dropped;
}

void CaptureFile::comment(std::string text) {
  comments_.push_back(std::move(text));
}

void CaptureFile::write(const PcapngBytes& block) {
  file_.write(reinterpret_cast<const char*>(block.data()),
              static_cast<std::streamsize>(block.size()));
}

void CaptureFile::flush() {
  if (!file_.flush())
    throw MachineError{
        fmt::format("cannot write the capture {}: is the disk full?", path_.string())};
}

}  // namespace wandrill
