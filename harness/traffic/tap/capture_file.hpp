// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "plan/topology/topology_plan.hpp"
#include "protocol/pcapng.hpp"
#include "traffic/tap/capture.hpp"

namespace wandrill {

/// The WANs as interfaces of a capture file, in the order of their numbers.
std::vector<PcapngInterface> wan_interfaces(const TopologyPlan& topology, std::uint32_t snap);

/// Every packet that passes a WAN, on the router's side of its impairment, in a file that Wireshark
/// opens (pcapng): one interface per WAN, and what the timeline did as comments on the packets that
/// follow. In order of time, although each WAN's packets come in batches: they wait for each other.
class CaptureFile {
 public:
  /// The bytes of a packet that are kept: all of any Ethernet frame of the lab.
  static constexpr std::uint32_t kSnap = 2048;

  /// Throws MachineError when the file cannot be written.
  CaptureFile(std::filesystem::path path, const std::string& comment,
              const std::vector<PcapngInterface>& interfaces);
  /// Writes what still waits, how many packets each interface had, and what was still to be
  /// commented.
  ~CaptureFile();
  CaptureFile(const CaptureFile&) = delete;
  CaptureFile& operator=(const CaptureFile&) = delete;

  void add(std::uint8_t wan, const Capture::Frame& frame);
  void note_drops(std::uint8_t wan, std::uint32_t dropped);
  /// Stands with the next packet, of whatever interface.
  void comment(std::string text);
  /// Throws MachineError for a full disk.
  void flush();

 private:
  struct Count {
    std::uint64_t received = 0;
    std::uint64_t dropped = 0;
  };

  void write(const PcapngBytes& block);
  /// Writes the packets that waited long enough for earlier ones.
  void write_until(std::uint64_t at);

  std::filesystem::path path_;
  std::ofstream file_;
  std::vector<Count> counts_;
  std::vector<std::string> comments_;
  std::uint64_t latest_ = 0;                           ///< Of all packets, ns since 1970.
  std::multimap<std::uint64_t, PcapngBytes> waiting_;  ///< By their time.
};

}  // namespace wandrill
