// SPDX-License-Identifier: Apache-2.0
#include "record/events.hpp"

#include <stdexcept>

#include "record/event_kinds.hpp"

namespace wandrill {
namespace {

// The fields of each kind of event, named once for both writing and reading.
template <typename E>
struct Layout;

template <>
struct Layout<StageEvent> {
  static constexpr std::string_view kKind = "stage";
  static void visit(auto& event, auto&& field) { field("stage", event.stage); }
};

template <>
struct Layout<FaultEvent> {
  static constexpr std::string_view kKind = "fault";
  static void visit(auto& event, auto&& field) {
    field("instant", event.instant);
    field("id", event.id);
    field("label", event.label);
    field("restore", event.restore);
    field("wan", event.wan);
    field("what", event.what);
    field("due", event.due);
    field("detail", event.detail);
  }
};

template <>
struct Layout<FlapEvent> {
  static constexpr std::string_view kKind = "flap";
  static void visit(auto& event, auto&& field) {
    field("id", event.id);
    field("down", event.down);
  }
};

template <>
struct Layout<CommandEvent> {
  static constexpr std::string_view kKind = "command";
  static void visit(auto& event, auto&& field) {
    field("id", event.id);
    field("label", event.label);
    field("command", event.command);
    field("exit_status", event.exit_status);
  }
};

template <>
struct Layout<NetworkEvent> {
  static constexpr std::string_view kKind = "network";
  static void visit(auto& event, auto&& field) {
    field("node", event.node);
    field("kind", event.kind);
    field("action", event.action);
    field("text", event.text);
  }
};

template <>
struct Layout<LogEvent> {
  static constexpr std::string_view kKind = "log";
  static void visit(auto& event, auto&& field) {
    field("arrived", event.arrived);
    field("process", event.process);
    field("line", event.line);
    field("meaning", event.meaning);
    field("wan", event.wan);
  }
};

template <>
struct Layout<SessionEvent> {
  static constexpr std::string_view kKind = "session";
  static void visit(auto& event, auto&& field) {
    field("session", event.session);
    field("state", event.state);
    field("detail", event.detail);
  }
};

template <>
struct Layout<TesterEvent> {
  static constexpr std::string_view kKind = "tester";
  static void visit(auto& event, auto&& field) {
    field("kind", event.kind);
    field("until", event.until);
    field("count", event.count);
    field("subject", event.subject);
  }
};

template <>
struct Layout<GateEvent> {
  static constexpr std::string_view kKind = "gate";
  static void visit(auto& event, auto&& field) {
    field("name", event.name);
    field("met", event.met);
    field("detail", event.detail);
    field("tester_late", event.tester_late);
  }
};

template <>
struct Layout<SipEvent> {
  static constexpr std::string_view kKind = "sip";
  static void visit(auto& event, auto&& field) {
    field("session", event.session);
    field("end", event.end);
    field("sent", event.sent);
    field("method", event.method);
    field("status", event.status);
    field("cseq", event.cseq);
    field("call_id", event.call_id);
    field("detail", event.detail);
  }
};

template <>
struct Layout<TunnelEvent> {
  static constexpr std::string_view kKind = "tunnel";
  static void visit(auto& event, auto&& field) {
    field("session", event.session);
    field("message", event.message);
    field("direction", event.direction);
    field("wan", event.wan);
  }
};

template <>
struct Layout<TcpSampleEvent> {
  static constexpr std::string_view kKind = "tcp_sample";
  static void visit(auto& event, auto&& field) {
    field("session", event.session);
    field("end", event.end);
    field("rtt", event.rtt);
    field("rto", event.rto);
    field("backoff", event.backoff);
    field("retransmits", event.retransmits);
    field("unacknowledged", event.unacknowledged);
  }
};

template <>
struct Layout<VolumeEvent> {
  static constexpr std::string_view kKind = "volume";
  static void visit(auto& event, auto&& field) {
    field("session", event.session);
    field("direction", event.direction);
    field("sent", event.sent);
    field("received", event.received);
  }
};

template <>
struct Layout<HttpEvent> {
  static constexpr std::string_view kKind = "http";
  static void visit(auto& event, auto&& field) {
    field("session", event.session);
    field("sequence", event.sequence);
    field("asked", event.asked);
    field("outcome", event.outcome);
    field("first_byte", event.first_byte);
    field("detail", event.detail);
  }
};

template <>
struct Layout<PolicyEvent> {
  static constexpr std::string_view kKind = "policy";
  static void visit(auto& event, auto&& field) {
    field("rule", event.rule);
    field("wan", event.wan);
    field("direction", event.direction);
    field("session", event.session);
    field("packet", event.packet);
    field("count", event.count);
  }
};

template <>
struct Layout<AlertEvent> {
  static constexpr std::string_view kKind = "alert";
  static void visit(auto& event, auto&& field) {
    field("channel", event.channel);
    field("receiver", event.receiver);
    field("from", event.from);
    field("text", event.text);
    field("meaning", event.meaning);
    field("wan", event.wan);
  }
};

template <std::size_t Index = 0>
std::optional<Event> decode(std::string_view kind, const Json& j) {
  if constexpr (Index == std::variant_size_v<Event>) {
    return std::nullopt;
  } else {
    using E = std::variant_alternative_t<Index, Event>;
    if (kind != Layout<E>::kKind) return decode<Index + 1>(kind, j);
    E event;
    j.at("at").get_to(event.at);
    Layout<E>::visit(event, [&j](const char* name, auto& value) {
      if (const auto found = j.find(name); found != j.end()) found->get_to(value);
    });
    return event;
  }
}

}  // namespace

RunInstant instant_of(const Event& event) {
  return std::visit([](const auto& which) { return which.at; }, event);
}

std::optional<Event> decode_event(const Json& j) {
  return decode(j.at("event").get_ref<const std::string&>(), j);
}

void to_json(Json& j, const Event& event) {
  std::visit(
      [&j]<typename E>(const E& which) {
        j = Json{{"event", Layout<E>::kKind}, {"at", which.at}};
        Layout<E>::visit(which, [&j](const char* name, const auto& value) { j[name] = value; });
      },
      event);
}

void from_json(const Json& j, Event& event) {
  auto decoded = decode_event(j);
  if (!decoded) throw std::runtime_error{"unknown event " + j.at("event").dump()};
  event = std::move(*decoded);
}

}  // namespace wandrill
