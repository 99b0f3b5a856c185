// SPDX-License-Identifier: Apache-2.0
#include "lab/cell_protocol.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "base/printable.hpp"

namespace wandrill {
namespace {

using State = CellProtocol::State;

/// What an error message quotes of what it was sent.
constexpr std::size_t kLongestQuote = 40;
/// Of WANs and sessions in a picture; more than any terminal shows.
constexpr std::size_t kLongestList = 256;

constexpr unsigned bit(State state) {
  return 1U << static_cast<unsigned>(state);
}
constexpr unsigned bit(Speaker speaker) {
  return 1U << static_cast<unsigned>(speaker);
}

constexpr unsigned kPlaying = bit(State::kStarted) | bit(State::kReady);
constexpr unsigned kUp = kPlaying | bit(State::kFailed);
constexpr unsigned kPlayers = bit(Speaker::kCell) | bit(Speaker::kGuest);
constexpr unsigned kCells = bit(Speaker::kCell) | bit(Speaker::kDiagnosingCell);

struct MessageRule {
  std::string_view type;
  unsigned speakers;
  unsigned states;            ///< In which it may come.
  std::optional<State> then;  ///< Nothing: the same.
};

constexpr std::array kRules{
    MessageRule{"hello", bit(Speaker::kGuest), bit(State::kSilent), State::kStarted},
    MessageRule{"event", kPlayers, kPlaying, {}},
    MessageRule{"progress", kPlayers, kPlaying, {}},
    MessageRule{"ready", kPlayers, bit(State::kStarted), State::kReady},
    MessageRule{"steerable", bit(Speaker::kCell), bit(State::kReady), {}},
    MessageRule{"stepped", bit(Speaker::kCell), bit(State::kReady), {}},
    MessageRule{"stands", bit(Speaker::kDiagnosingCell), bit(State::kStarted), State::kReady},
    MessageRule{"finding", bit(Speaker::kDiagnosingCell), bit(State::kReady), {}},
    MessageRule{"finding", bit(Speaker::kGuest), bit(State::kStarted), {}},
    MessageRule{"diagnosis", bit(Speaker::kGuest), bit(State::kStarted), State::kReady},
    MessageRule{"error", kCells | bit(Speaker::kGuest), kUp, State::kFailed},
    MessageRule{"end", bit(Speaker::kGuest), kUp, State::kEnded}};

std::string_view when(State state) {
  constexpr std::array<std::string_view, 5> kTexts{"before 'hello'", "before the lab is up",
                                                   "once the lab is up", "after an error",
                                                   "after the end"};
  return kTexts[static_cast<std::size_t>(state)];
}

std::string in_quotes(std::string_view text) {
  return "'" + printable_line(text.substr(0, kLongestQuote)) + "'";
}

enum class Type : std::uint8_t { kText, kWhole, kTruth, kList, kObject };

struct Field {
  std::string_view name;
  Type type;
};

bool is_whole(const Json& value) {
  return value.is_number_integer() &&
         (!value.is_number_unsigned() ||
          value.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max());
}

constexpr int kNoDescriptor = -1;

bool is_descriptor(const Json& value) {
  return is_whole(value) && value.get<std::int64_t>() >= kNoDescriptor &&
         value.get<std::int64_t>() <= std::numeric_limits<int>::max();
}

/// Its namespaces; there may be no user namespace.
std::string wrong_sandbox(const Json& sandbox) {
  for (const auto* kind : {"mnt", "uts", "ipc", "user"})
    if (!is_descriptor(sandbox.value(kind, Json{})))
      return fmt::format("'ready' gives no descriptor of the sandbox's {} namespace", kind);
  return "";
}

bool has_type(const Json& value, Type type) {
  switch (type) {
    case Type::kText:
      return value.is_string();
    case Type::kWhole:
      return is_whole(value);
    case Type::kTruth:
      return value.is_boolean();
    case Type::kList:
      return value.is_array() && value.size() <= kLongestList;
    case Type::kObject:
      break;
  }
  return value.is_object();
}

std::string_view text_of(Type type) {
  constexpr std::array<std::string_view, 5> kTexts{"a text", "a whole number", "true or false",
                                                   "a list of at most 256", "an object"};
  return kTexts[static_cast<std::size_t>(type)];
}

/// The first field that is missing or of another type; null: none.
template <std::size_t kCount>
const Field* wrong_field(const Json& object, const std::array<Field, kCount>& fields) {
  const auto is_wrong = [&](const Field& field) {
    const auto found = object.is_object() ? object.find(field.name) : object.end();
    return !object.is_object() || found == object.end() || !has_type(*found, field.type);
  };
  const auto wrong = std::ranges::find_if(fields, is_wrong);
  return wrong == fields.end() ? nullptr : &*wrong;
}

template <std::size_t kCount>
std::string wrong_fields(std::string_view what, const Json& object,
                         const std::array<Field, kCount>& fields) {
  const auto* wrong = wrong_field(object, fields);
  if (wrong == nullptr) return "";
  return fmt::format("{} must have '{}', {}", what, wrong->name, text_of(wrong->type));
}

template <std::size_t kCount>
std::string wrong_members(std::string_view what, const Json& list,
                          const std::array<Field, kCount>& fields) {
  for (const auto& member : list)
    if (auto wrong = wrong_fields(what, member, fields); !wrong.empty()) return wrong;
  return "";
}

std::string wrong_progress(const Json& message) {
  constexpr std::array<Field, 6> kPicture{{{"scenario", Type::kText},
                                           {"stage", Type::kText},
                                           {"elapsed", Type::kWhole},
                                           {"wans", Type::kList},
                                           {"sessions", Type::kList},
                                           {"ahead", Type::kText}}};
  constexpr std::array<Field, 3> kWan{
      {{"name", Type::kText}, {"active", Type::kTruth}, {"fault", Type::kText}}};
  constexpr std::array<Field, 3> kSession{
      {{"name", Type::kText}, {"up", Type::kObject}, {"down", Type::kObject}}};
  constexpr std::array<Field, 1> kWay{{{"silent_ms", Type::kWhole}}};
  auto wrong = wrong_fields("'progress'", message, kPicture);
  if (wrong.empty()) wrong = wrong_members("a WAN of 'progress'", message.at("wans"), kWan);
  if (wrong.empty())
    wrong = wrong_members("a session of 'progress'", message.at("sessions"), kSession);
  if (!wrong.empty()) return wrong;
  for (const auto& session : message.at("sessions"))
    for (const auto* way : {"up", "down"})
      if (wrong.empty()) wrong = wrong_fields("a way of 'progress'", session.at(way), kWay);
  return wrong;
}

std::string wrong_finding(const Json& finding) {
  constexpr std::array<Field, 4> kFields{{{"id", Type::kText},
                                          {"answer", Type::kText},
                                          {"detail", Type::kText},
                                          {"fix", Type::kText}}};
  return wrong_fields("a finding", finding, kFields);
}

std::string wrong_diagnosis(const Json& diagnosis) {
  constexpr std::array<Field, 5> kFields{{{"where", Type::kText},
                                          {"kernel", Type::kText},
                                          {"cpus", Type::kWhole},
                                          {"root", Type::kTruth},
                                          {"findings", Type::kList}}};
  auto wrong = wrong_fields("a diagnosis", diagnosis, kFields);
  if (!wrong.empty()) return wrong;
  for (const auto& finding : diagnosis.at("findings"))
    if (wrong.empty()) wrong = wrong_finding(finding);
  return wrong;
}

}  // namespace

CellProtocol::CellProtocol(Speaker speaker, std::optional<std::vector<std::string>> nodes)
    : speaker_{speaker},
      nodes_{std::move(nodes)},
      state_{speaker == Speaker::kGuest ? State::kSilent : State::kStarted} {}

std::string CellProtocol::wrong_nodes(const Json& nodes) const {
  for (const auto& [name, descriptor] : nodes.items()) {
    if (nodes_ && std::ranges::find(*nodes_, name) == nodes_->end())
      return "'ready' names a node that the plan does not have: " + in_quotes(name);
    if (!is_descriptor(descriptor) || descriptor == kNoDescriptor)
      return "'ready' gives no descriptor of node " + in_quotes(name);
  }
  return "";
}

std::string CellProtocol::wrong_content(const std::string& type, const Json& message) const {
  constexpr std::array<Field, 2> kEvent{{{"at", Type::kWhole}, {"text", Type::kText}}};
  constexpr std::array<Field, 2> kReady{{{"nodes", Type::kObject}, {"sandbox", Type::kObject}}};
  constexpr std::array<Field, 1> kError{{{"message", Type::kText}}};
  constexpr std::array<Field, 2> kEnd{{{"interrupted", Type::kTruth}, {"error", Type::kText}}};
  constexpr std::array<Field, 1> kFinding{{{"finding", Type::kObject}}};
  constexpr std::array<Field, 1> kDiagnosis{{{"diagnosis", Type::kObject}}};
  std::string wrong;
  constexpr std::array<Field, 1> kStepped{{{"at", Type::kWhole}}};
  if (type == "event") return wrong_fields("'event'", message, kEvent);
  if (type == "progress") return wrong_progress(message);
  if (type == "stepped") return wrong_fields("'stepped'", message, kStepped);
  if (type == "error") return wrong_fields("'error'", message, kError);
  if (type == "end") return wrong_fields("'end'", message, kEnd);
  if (type == "ready") {
    wrong = wrong_fields("'ready'", message, kReady);
    if (wrong.empty()) wrong = wrong_nodes(message.at("nodes"));
    if (wrong.empty()) wrong = wrong_sandbox(message.at("sandbox"));
  } else if (type == "finding") {
    wrong = wrong_fields("'finding'", message, kFinding);
    if (wrong.empty()) wrong = wrong_finding(message.at("finding"));
  } else if (type == "diagnosis") {
    wrong = wrong_fields("'diagnosis'", message, kDiagnosis);
    if (wrong.empty()) wrong = wrong_diagnosis(message.at("diagnosis"));
  }
  return wrong;
}

std::string CellProtocol::violation_of(const Json& message) {
  if (!message.is_object()) return "a message is no JSON object";
  const auto found = message.find("type");
  if (found == message.end() || !found->is_string()) return "a message has no 'type', a text";
  const auto& type = found->get_ref<const std::string&>();
  const auto is_it = [&](const MessageRule& rule) {
    return rule.type == type && (rule.speakers & bit(speaker_)) != 0;
  };
  const auto* rule = std::ranges::find_if(kRules, is_it);
  if (rule == kRules.end()) return in_quotes(type) + " is no type of message";
  if ((rule->states & bit(state_)) == 0)
    return fmt::format("'{}' may not come {}", type, when(state_));
  auto wrong = wrong_content(type, message);
  if (wrong.empty()) state_ = rule->then.value_or(state_);
  return wrong;
}

bool is_order(const Json& message, std::string_view order) {
  if (!message.is_object()) return false;
  const auto found = message.find("type");
  return found != message.end() && *found == order;
}

bool is_interrupt(const Json& message) {
  return is_order(message, "interrupt");
}

}  // namespace wandrill
