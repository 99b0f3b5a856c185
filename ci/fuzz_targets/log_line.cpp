// SPDX-License-Identifier: Apache-2.0
// What a router writes, from its bytes to the meaning of each line: lines must not depend on how
// the output came, and what is shown of them must be fit for a terminal.
#include "base/printable.hpp"
#include "lab/line_cutter.hpp"
#include "run/log_patterns.hpp"

namespace {

using Lines = std::vector<std::string>;

Lines cut(std::string_view text, std::size_t piece, std::size_t longest) {
  Lines lines;
  const auto keep = [&](const std::string& line) { lines.push_back(line); };
  wandrill::LineCutter cutter{longest};
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
    cutter.feed(text.substr(0, piece), keep);
  cutter.finish(keep);
  return lines;
}

/// As a profile has them, and one that takes any text for a stamp.
const wandrill::LogPatterns& patterns() {
  using enum wandrill::LogPattern::Meaning;
  static const wandrill::LogPatterns made{
      wandrill::RouterPlan{.log_patterns = {{kWanDown, R"((\w+) is (?:down|lost))"},
                                            {kWanUp, R"((\w+) is up\b)"},
                                            {kSwitch, R"((?i)switch(?:ed|ing)? to (.*))"}},
                           .log_stamp_pattern = R"(^\[?\s*([^ \]]+))"}};
  return made;
}

void check_shown(const std::string& shown) {
  for (const char octet : shown)
    if (static_cast<unsigned char>(octet) < 0x20 || octet == 0x7f) __builtin_trap();
  // What is written out once is text, and stays as it is.
  if (wandrill::printable_line(shown) != shown || wandrill::printable(shown) != shown)
    __builtin_trap();
}

void check_line(const std::string& line) {
  const auto reading = patterns().read(line);
  if (line.find(reading.wan) == line.npos) __builtin_trap();
  if (reading.meaning.empty() && !reading.wan.empty()) __builtin_trap();
  if (reading.stamp && reading.stamp->time_since_epoch() < wandrill::Nanos{0}) __builtin_trap();
  check_shown(wandrill::printable_line(line));
  const auto shown = wandrill::printable(line);
  if (wandrill::printable(shown) != shown) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = 1U + data[0];
  const std::size_t longest = 1U + data[1];
  const std::string_view text{reinterpret_cast<const char*>(data + 2), size - 2};
  const auto lines = cut(text, piece, longest);
  if (lines != cut(text, text.size(), longest)) __builtin_trap();
  for (const auto& line : lines) {
    if (line.size() > longest || line.find('\n') != line.npos) __builtin_trap();
    check_line(line);
  }
  return 0;
}
