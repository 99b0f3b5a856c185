// SPDX-License-Identifier: Apache-2.0
#include "cli/evidence.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "record/recorder.hpp"
#include "run/fault_record.hpp"
#include "traffic/tap/capture_file.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {

constexpr const char* kEvidenceFolder = "evidence";
/// A slice holds at most this: its first and its last packets.
constexpr std::size_t kMostSliceBytes = std::size_t{16} << 20;

/// What stands with the first packet from then on.
struct Remark {
  RunInstant at;
  std::string text;
};

/// "evidence/3-call.up.longest_gap.pcapng"
fs::path slice_of(std::size_t number, const JudgedExpectation& judged) {
  auto name = judged.metric;
  for (auto& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '_') c = '-';
  return fs::path{kEvidenceFolder} / fmt::format("{}-{}.pcapng", number, name);
}

void add_remark(const Event& event, std::vector<Remark>& remarks) {
  if (const auto* change = std::get_if<FaultEvent>(&event))
    remarks.push_back({change->at, instant_in_words(*change)});
  if (const auto* line = std::get_if<LogEvent>(&event); line != nullptr && !line->meaning.empty())
    remarks.push_back({line->at, fmt::format("the router says: {}{}{}", line->meaning,
                                             line->wan.empty() ? "" : " ", line->wan)});
  if (const auto* breach = std::get_if<PolicyEvent>(&event))
    remarks.push_back(
        {breach->at, fmt::format("{}{}{}: {}", breach->rule, breach->wan.empty() ? "" : " on ",
                                 breach->wan, breach->packet)});
}

std::vector<Remark> remarks_on(const Recording& recording, const JudgedExpectation& judged,
                               const TimeSpan& slice) {
  std::vector<Remark> remarks;
  for (const auto& event : recording.events)
    if (slice.contains(instant_of(event))) add_remark(event, remarks);
  remarks.push_back({judged.broken->from,
                     fmt::format("from here on, '{}' is broken: {}", judged.text, judged.reason)});
  if (judged.broken->until > judged.broken->from)
    remarks.push_back({judged.broken->until, fmt::format("until here, '{}'", judged.text)});
  std::ranges::stable_sort(remarks, {}, &Remark::at);
  return remarks;
}

/// The frames of a slice. Of too many the first and the last: what broke and how it ended.
struct Cut {
  std::vector<const KeptFrame*> frames;
  std::size_t left_out = 0;
};

Cut cut_out(const SpooledFrames& spooled, const TimeSpan& slice) {
  Cut cut;
  for (const auto& frame : spooled.frames)
    if (slice.contains(frame.at)) cut.frames.push_back(&frame);
  const auto fitting = [](auto begin, auto end) {
    std::size_t bytes = 0;
    auto at = begin;
    while (at != end && bytes + (*at)->bytes.size() <= kMostSliceBytes / 2)
      bytes += (*at++)->bytes.size();
    return at - begin;
  };
  const auto size = static_cast<std::ptrdiff_t>(cut.frames.size());
  const auto head = fitting(cut.frames.begin(), cut.frames.end());
  const auto tail = std::min(fitting(cut.frames.rbegin(), cut.frames.rend()), size - head);
  cut.left_out = static_cast<std::size_t>(size - head - tail);
  cut.frames.erase(cut.frames.begin() + head, cut.frames.end() - tail);
  return cut;
}

Capture::Frame frame_of(const KeptFrame& kept) {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  return {
      .bytes = kept.bytes,
      .original_bytes = kept.original_bytes,
      .stamp = {static_cast<time_t>(kept.stamp / kSecond), static_cast<long>(kept.stamp % kSecond)},
      .outgoing = kept.outgoing};
}

void write_slice(const Plan& plan, const Cut& cut, const std::vector<Remark>& remarks,
                 const JudgedExpectation& judged, const fs::path& path) {
  CaptureFile file{path,
                   fmt::format("scenario {}, router {}, seed {}: {}: {}{}{}", plan.scenario,
                               plan.router.name, plan.seed, judged.text, judged.reason,
                               judged.evidence_note.empty() ? "" : " Note: ", judged.evidence_note),
                   wan_interfaces(plan.topology, Capture::kSnap)};
  auto remark = remarks.begin();
  for (const auto* frame : cut.frames) {
    for (; remark != remarks.end() && remark->at <= frame->at; ++remark)
      file.comment(remark->text);
    if (frame->wan < plan.topology.wans.size()) file.add(frame->wan, frame_of(*frame));
  }
  for (; remark != remarks.end(); ++remark)
    file.comment(remark->text);
  file.flush();
}

std::string missing_text(const SpooledFrames& spooled, const TimeSpan& slice, const Cut& cut) {
  std::string text;
  for (const auto& hole : spooled.holes)
    if (TimeSpan{hole.from, hole.until}.overlap(slice) > Nanos{0})
      text += fmt::format("{}packets from {:.1f} s to {:.1f} s were no longer kept",
                          text.empty() ? "" : "; ", in_seconds(hole.from.time_since_epoch()),
                          in_seconds(hole.until.time_since_epoch()));
  if (cut.left_out > 0)
    text += fmt::format("{}{} packets in its middle are left out", text.empty() ? "" : "; ",
                        cut.left_out);
  return text;
}

void add_note(JudgedExpectation& judged, const std::string& note) {
  if (note.empty()) return;
  judged.evidence_note += (judged.evidence_note.empty() ? "" : "; ") + note;
}

}  // namespace

void keep_evidence(const Plan& plan, const Recording& recording, const fs::path& folder,
                   Verdict& verdict) {
  const auto spool = spool_of(folder / "recording");
  std::optional<SpooledFrames> spooled;
  for (std::size_t i = 0; i < verdict.expectations.size(); ++i) {
    auto& judged = verdict.expectations[i];
    if (judged.outcome != Outcome::kFail || !judged.broken) continue;
    const auto path = slice_of(i + 1, judged);
    if (fs::exists(spool)) {
      if (!spooled) spooled = read_spool(spool);
      fs::create_directory(folder / kEvidenceFolder);
      const TimeSpan slice{judged.broken->from - kEvidenceMargin,
                           judged.broken->until + kEvidenceMargin};
      const auto cut = cut_out(*spooled, slice);
      add_note(judged, missing_text(*spooled, slice, cut));
      write_slice(plan, cut, remarks_on(recording, judged, slice), judged, folder / path);
    }
    if (fs::exists(folder / path)) judged.evidence = path.native();
  }
  fs::remove(spool);
}

}  // namespace wandrill
