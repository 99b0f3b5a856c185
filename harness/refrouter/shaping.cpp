// SPDX-License-Identifier: Apache-2.0
#include "refrouter/shaping.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <fmt/format.h>

namespace wandrill {
namespace {

constexpr std::uint16_t kVoice = 0x10;
constexpr std::uint16_t kRest = 0x20;
constexpr std::uint16_t kBulk = 0x30;
constexpr int kMostPercent = 100;

/// What a class is sure of, in hundredths of the port.
constexpr std::uint64_t kVoiceShare = 40;
constexpr std::uint64_t kRestShare = 40;
constexpr std::uint64_t kBulkShare = 20;
constexpr std::uint32_t kVoiceQueue = 50;
constexpr std::uint32_t kLongQueue = 100;

/// nft's words for code points (RFC 2474, 2597, 3246, 8622).
constexpr std::array kDscpWords{"cs0",  "cs1",  "cs2",  "cs3",  "cs4",  "cs5",  "cs6",
                                "cs7",  "af11", "af12", "af13", "af21", "af22", "af23",
                                "af31", "af32", "af33", "af41", "af42", "af43", "ef"};

const char* family_word(const IpAddress& address) {
  return address.family() == Family::kIpv4 ? "ip" : "ip6";
}

void read_marks(ObjectReader& reader, RefrouterConfig& config) {
  std::string text;
  reader.any_text("mark", text);
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    const auto sign = word.find('=');
    const auto host = IpAddress::parse(word.substr(0, std::min(sign, word.size())));
    const auto dscp = sign == std::string::npos ? "" : word.substr(sign + 1);
    if (!host || std::ranges::find(kDscpWords, dscp) == kDscpWords.end())
      reader.mistake("mark", fmt::format("\"{}\" is not like \"192.168.1.30=cs1\"", word));
    else
      config.marks.push_back({*host, dscp});
  }
}

}  // namespace

void read_shaping(ObjectReader& reader, RefrouterConfig& config) {
  reader.on_off("shaping", config.shaping);
  reader.count("shape_percent", config.shape_percent);
  if (config.shape_percent > kMostPercent)
    reader.mistake("shape_percent", fmt::format("at most 100, not {}", config.shape_percent));
  read_marks(reader, config);
}

HtbPlan shaping_of(const WanConfig& wan, int percent) {
  const auto rate = wan.rate.value * static_cast<std::uint64_t>(percent) / 100;
  const auto share = [rate](std::uint64_t part) { return rate * part / 100; };
  return {.rate = rate,
          .fallback = kRest,
          .classes = {{.minor = kVoice,
                       .rate = share(kVoiceShare),
                       .ceiling = rate,
                       .priority = 0,
                       .queue = kVoiceQueue},
                      {.minor = kRest,
                       .rate = share(kRestShare),
                       .ceiling = rate,
                       .priority = 1,
                       .queue = kLongQueue},
                      {.minor = kBulk,
                       .rate = share(kBulkShare),
                       .ceiling = rate,
                       .priority = 2,
                       .queue = kLongQueue}}};
}

std::string shaping_chains(const RefrouterConfig& config) {
  std::string chains;
  if (!config.marks.empty()) {
    chains +=
        "  chain mark {\n"
        "    type filter hook forward priority mangle; policy accept;\n";
    for (const auto& [host, dscp] : config.marks)
      chains += fmt::format("    {0} saddr {1} {0} dscp set {2}\n", family_word(host),
                            to_string(host), dscp);
    chains += "  }\n";
  }
  if (!config.shaping) return chains;
  chains +=
      "  chain classify {\n"
      "    type filter hook postrouting priority mangle; policy accept;\n";
  for (const char* word : {"ip", "ip6"})
    chains += fmt::format(
        "    {0} dscp ef meta priority set 1:10\n"
        "    {0} dscp {{ cs1, 1 }} meta priority set 1:30\n",
        word);
  return chains + "  }\n";
}

}  // namespace wandrill
