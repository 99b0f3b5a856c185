// SPDX-License-Identifier: Apache-2.0
#include "record/frame_spool.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <map>

#include "base/files.hpp"

namespace wandrill {
namespace {

static_assert(std::endian::native == std::endian::little, "a spool is read where it was written");

constexpr std::uint32_t kSlotMark = 0x544f4c53;  // "SLOT"

struct SlotHeader {
  std::uint32_t mark = kSlotMark;
  std::uint32_t serial = 0;  ///< Counts the slots in the order of time.
  std::uint32_t slot_bytes = 0;
  std::uint32_t used = 0;  ///< This header included.
};

struct FrameHeader {
  std::int64_t at = 0;
  std::uint64_t stamp = 0;
  std::uint32_t original_bytes = 0;
  std::uint16_t kept = 0;
  std::uint8_t wan = 0;
  std::uint8_t outgoing = 0;
};
static_assert(sizeof(SlotHeader) == 16 && sizeof(FrameHeader) == 24);

void append(std::vector<char>& bytes, const void* data, std::size_t size) {
  const auto* start = static_cast<const char*>(data);
  bytes.insert(bytes.end(), start, start + size);
}

template <typename Header>
bool read_header(std::string_view bytes, std::size_t at, Header& header) {
  if (at + sizeof header > bytes.size()) return false;
  std::memcpy(&header, bytes.data() + at, sizeof header);
  return true;
}

void read_frames(std::string_view slot, std::vector<KeptFrame>& frames) {
  FrameHeader header;
  for (std::size_t at = sizeof(SlotHeader); read_header(slot, at, header);) {
    at += sizeof header;
    if (at + header.kept > slot.size()) return;
    frames.push_back(
        {.at = RunInstant{Nanos{header.at}},
         .stamp = header.stamp,
         .original_bytes = header.original_bytes,
         .wan = header.wan,
         .outgoing = header.outgoing != 0,
         .bytes = {reinterpret_cast<const std::uint8_t*>(slot.data()) + at, header.kept}});
    at += header.kept;
  }
}

/// The slots of a file by their serial numbers.
std::map<std::uint32_t, std::string_view> slots_of(std::string_view bytes) {
  std::map<std::uint32_t, std::string_view> slots;
  SlotHeader header;
  for (std::size_t at = 0; read_header(bytes, at, header); at += header.slot_bytes) {
    const bool is_slot = header.mark == kSlotMark && header.used >= sizeof header &&
                         header.used <= header.slot_bytes;
    if (!is_slot) break;
    slots[header.serial] = bytes.substr(at, header.used);
  }
  return slots;
}

}  // namespace

FrameSpool::FrameSpool(std::filesystem::path path, SpoolSize size)
    : path_{std::move(path)}, size_{size} {}

FrameSpool::~FrameSpool() {
  if (open_.size() > sizeof(SlotHeader)) write_slot();
}

void FrameSpool::keep(const KeptFrame& frame) {
  const auto most =
      std::min<std::size_t>(size_.slot_bytes - sizeof(SlotHeader) - sizeof(FrameHeader),
                            std::numeric_limits<std::uint16_t>::max());
  const auto bytes = frame.bytes.first(std::min(frame.bytes.size(), most));
  const auto needed = sizeof(FrameHeader) + bytes.size();
  if (open_.size() + needed > size_.slot_bytes) write_slot();
  if (open_.empty()) {
    open_.reserve(size_.slot_bytes);
    open_.resize(sizeof(SlotHeader));
    first_ = frame.at;
    last_ = frame.at;
  }
  const FrameHeader header{.at = frame.at.time_since_epoch().count(),
                           .stamp = frame.stamp,
                           .original_bytes = frame.original_bytes,
                           .kept = static_cast<std::uint16_t>(bytes.size()),
                           .wan = frame.wan,
                           .outgoing = static_cast<std::uint8_t>(frame.outgoing ? 1 : 0)};
  append(open_, &header, sizeof header);
  append(open_, bytes.data(), bytes.size());
  first_ = std::min(first_, frame.at);
  last_ = std::max(last_, frame.at);
}

void FrameSpool::mark(RunInstant at) {
  marked_ = std::max(marked_.value_or(at), at);
  for (auto& slot : slots_)
    if (slot.until >= at - kBeforeMark && slot.from <= at + kAfterMark) slot.is_marked = true;
}

std::size_t FrameSpool::next_slot() const {
  if (slots_.size() < size_.slots) return slots_.size();
  // False comes before true: what is far from every mark, and of that the oldest.
  const auto victim = std::ranges::min_element(slots_, {}, [](const Slot& slot) {
    return std::pair{slot.is_marked, slot.from};
  });
  return static_cast<std::size_t>(victim - slots_.begin());
}

void FrameSpool::write_slot() {
  if (serial_ == 0) {
    file_.reset(std::fopen(path_.c_str(), "wbe"));  // "e": not inherited by the router's programs.
    if (file_) std::setvbuf(file_.get(), nullptr, _IONBF, 0);
  }
  const SlotHeader header{.serial = serial_++,
                          .slot_bytes = static_cast<std::uint32_t>(size_.slot_bytes),
                          .used = static_cast<std::uint32_t>(open_.size())};
  std::memcpy(open_.data(), &header, sizeof header);
  open_.resize(size_.slot_bytes);
  const auto place = next_slot();
  const bool is_marked =
      marked_ && first_ <= *marked_ + kAfterMark && last_ >= *marked_ - kBeforeMark;
  const Slot slot{first_, last_, is_marked};
  if (place == slots_.size())
    slots_.push_back(slot);
  else
    slots_[place] = slot;
  // A full disk costs the evidence, never the run: the recording's own flush tells of it.
  const auto start = static_cast<long>(place * size_.slot_bytes);
  if (file_ && std::fseek(file_.get(), start, SEEK_SET) == 0)
    std::fwrite(open_.data(), 1, open_.size(), file_.get());
  open_.clear();
}

SpooledFrames read_spool(const std::filesystem::path& path) {
  SpooledFrames spooled{.bytes = read_file(path), .frames = {}, .holes = {}};
  std::optional<std::uint32_t> before;
  RunInstant last{};
  for (const auto& [serial, slot] : slots_of(spooled.bytes)) {
    const auto first = spooled.frames.size();
    read_frames(slot, spooled.frames);
    if (spooled.frames.size() == first) continue;
    const bool is_hole = before ? serial != *before + 1 : serial != 0;
    if (is_hole) spooled.holes.push_back({last, spooled.frames[first].at});
    before = serial;
    last = spooled.frames.back().at;
  }
  std::ranges::stable_sort(spooled.frames, {}, &KeptFrame::stamp);
  return spooled;
}

}  // namespace wandrill
