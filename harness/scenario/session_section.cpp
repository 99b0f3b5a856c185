// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "scenario/decode_parts.hpp"
#include "scenario/kinds/shared_keys.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {

Placed<std::string> first_or_empty(const std::vector<Placed<std::string>>& values,
                                   const Place& place) {
  return values.empty() ? Placed<std::string>{.place = place} : values.front();
}

/// "rtp: a call; wireguard, openvpn: a tunnel."
std::string summaries() {
  std::string text;
  const auto& kinds = session_kind_keys();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const bool is_same_as_next = i + 1 < kinds.size() && kinds[i].summary == kinds[i + 1].summary;
    text += kinds[i].kind;
    if (is_same_as_next)
      text += ", ";
    else
      text += fmt::format(": {}{}", kinds[i].summary, i + 1 < kinds.size() ? "; " : ".");
  }
  return text;
}

/// The keys of all kinds, and those that each kind adds.
std::vector<KeyInfo> all_keys() {
  static const std::string documentation = summaries();
  std::vector<std::string> words;
  for (const auto& kind : session_kind_keys())
    words.emplace_back(kind.kind);
  std::vector<KeyInfo> keys{
      {.key = "kind",
       .kind = ValueKind::kWord,
       .required = true,
       .documentation = documentation,
       .words = words},
      {.key = "from",
       .kind = ValueKind::kName,
       .shape = Shape::kList,
       .required = true,
       .documentation =
           "A host of the topology; of forbidden and matrix also a segment (each of its "
           "hosts) or 'segments' (all of them), and several; of forbidden also a server, an "
           "ISP or 'isps'."},
      {.key = "to",
       .kind = ValueKind::kName,
       .shape = Shape::kList,
       .required = true,
       .documentation = "A server of the topology, or another host; of dns also the router; of "
                        "forbidden and matrix also a segment or 'segments', and several."},
      {.key = "family",
       .kind = ValueKind::kWord,
       .documentation = "The IP version; both is for forbidden and matrix.",
       .fallback = "ipv4",
       .words = {"ipv4", "ipv6", "both"}},
  };
  for (const auto& kind : session_kind_keys())
    for (const auto* key : kind.keys)
      if (std::ranges::find(keys, key->key, &KeyInfo::key) == keys.end()) keys.push_back(*key);
  return keys;
}

}  // namespace

const SectionInfo& session_section() {
  static const SectionInfo info{
      "session",
      "Live traffic between a host at home and a server; each direction is a flow of its own.",
      all_keys()};
  return info;
}

SessionSpec decode_session(const YamlEntry& entry) {
  using namespace session_keys;
  const Fields fields{entry.value};
  SessionSpec spec{
      .name = {entry.key, entry.place},
      .kind = or_empty(fields.text("kind"), entry.place),
      .from = first_or_empty(fields.texts("from"), entry.place),
      .to = first_or_empty(fields.texts("to"), entry.place),
      .all_from = fields.texts("from"),
      .all_to = fields.texts("to"),
      .family = fields.text("family"),
      .values = entry.value,
  };
  spec.through = spec.get(shared::kThrough);
  spec.transport = spec.get(shared::kTransport);
  spec.interval = spec.get(shared::kInterval);
  spec.payload = spec.get(shared::kPayload);
  spec.dscp = spec.get(shared::kDscp);
  spec.late_after = spec.get(shared::kLateAfter);
  for (const auto& key : entry.value.entries)
    spec.keys.push_back({key.key, key.place});
  return spec;
}

}  // namespace wandrill
