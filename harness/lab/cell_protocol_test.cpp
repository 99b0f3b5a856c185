// SPDX-License-Identifier: Apache-2.0
#include "lab/cell_protocol.hpp"

#include <fmt/format.h>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

const Json kEvent{{"type", "event"}, {"at", 5}, {"text", "the lab is up"}};
const Json kReady{{"type", "ready"},
                  {"nodes", {{"router", 12}, {"laptop", 13}}},
                  {"sandbox", {{"mnt", 7}, {"uts", 8}, {"ipc", 9}, {"user", -1}}}};
const Json kError{{"type", "error"}, {"message", "no room"}};
const Json kHello{{"type", "hello"}};
const Json kEnd{{"type", "end"}, {"interrupted", false}, {"error", ""}};
const Json kFinding{{"type", "finding"},
                    {"finding", {{"id", "cell"}, {"answer", "yes"}, {"detail", ""}, {"fix", ""}}}};

Json progress() {
  return {
      {"type", "progress"},
      {"scenario", "failback"},
      {"stage", "timeline"},
      {"elapsed", 3},
      {"wans", {{{"name", "wan_a"}, {"active", true}, {"fault", ""}}}},
      {"sessions", {{{"name", "call"}, {"up", {{"silent_ms", -1}}}, {"down", {{"silent_ms", 3}}}}}},
      {"ahead", ""}};
}

CellProtocol cell() {
  return CellProtocol{Speaker::kCell, {{"router", "laptop"}}};
}

/// Of one message to a cell that has just started.
std::string first(const Json& message) {
  return cell().violation_of(message);
}

Json with(Json message, const char* field, const Json& value) {
  message[field] = value;
  return message;
}

Json without(Json message, const char* field) {
  message.erase(field);
  return message;
}

}  // namespace

TEST_CASE("A cell says what it does until it is ready, and after", "[cell_protocol]") {
  auto protocol = cell();
  for (const auto& message : {kEvent, progress(), kReady, progress(), kEvent, kError, kError})
    CHECK(protocol.violation_of(message).empty());
  CHECK(protocol.state() == CellProtocol::State::kFailed);
}

TEST_CASE("A steered cell says when it takes steps, and when each was done", "[cell_protocol]") {
  auto protocol = cell();
  CHECK(protocol.violation_of({{"type", "steerable"}}) ==
        "'steerable' may not come before the lab is up");
  REQUIRE(protocol.violation_of(kReady).empty());
  CHECK(protocol.violation_of({{"type", "steerable"}}).empty());
  CHECK(protocol.violation_of({{"type", "stepped"}, {"at", 5}}).empty());
  CHECK(protocol.violation_of({{"type", "stepped"}, {"at", "now"}}) ==
        "'stepped' must have 'at', a whole number");
  CHECK(is_order({{"type", "step"}}, "step"));
  CHECK_FALSE(is_order({{"type", "step"}}, "finish"));
  CHECK_FALSE(is_order(Json::array(), "step"));
}

TEST_CASE("A cell is ready once", "[cell_protocol]") {
  auto protocol = cell();
  CHECK(protocol.violation_of(kReady).empty());
  CHECK(protocol.violation_of(kReady) == "'ready' may not come once the lab is up");
}

TEST_CASE("After an error, a cell has nothing more to say", "[cell_protocol]") {
  auto protocol = cell();
  CHECK(protocol.violation_of(kError).empty());
  CHECK(protocol.violation_of(kEvent) == "'event' may not come after an error");
  CHECK(protocol.violation_of(progress()) == "'progress' may not come after an error");
  CHECK(protocol.violation_of(kReady) == "'ready' may not come after an error");
}

TEST_CASE("What is no message is named", "[cell_protocol]") {
  for (const auto& malformed : {Json(Json::value_t::discarded), Json(nullptr), Json(3),
                                Json("event"), Json::array({kEvent})})
    CHECK(first(malformed) == "a message is no JSON object");
  CHECK(first(Json::object()) == "a message has no 'type', a text");
  CHECK(first({{"type", 7}}) == "a message has no 'type', a text");
  CHECK(first({{"type", {"event"}}}) == "a message has no 'type', a text");
  CHECK(first({{"type", "verdict"}}) == "'verdict' is no type of message");
}

TEST_CASE("A message of somebody else's is no message of the cell's", "[cell_protocol]") {
  for (const auto* type : {"hello", "end", "finding", "diagnosis", "stands", "interrupt"})
    CHECK(first({{"type", type}}) == fmt::format("'{}' is no type of message", type));
}

TEST_CASE("A type is quoted in part, and harmlessly", "[cell_protocol]") {
  const auto text = first({{"type", "\x1b[2J" + std::string(1000, 'x')}});
  CHECK(text == "'\\x1b[2J" + std::string(36, 'x') + "' is no type of message");
}

TEST_CASE("Fields that are missing or of another type are named", "[cell_protocol]") {
  CHECK(first(without(kReady, "nodes")) == "'ready' must have 'nodes', an object");
  CHECK(first(with(kReady, "nodes", {1, 2})) == "'ready' must have 'nodes', an object");
  CHECK(first(with(kEvent, "at", "soon")) == "'event' must have 'at', a whole number");
  CHECK(first(with(kEvent, "at", 1.5)) == "'event' must have 'at', a whole number");
  CHECK(first(with(kEvent, "at", std::uint64_t{1} << 63U)) ==
        "'event' must have 'at', a whole number");
  CHECK(first(with(kEvent, "text", nullptr)) == "'event' must have 'text', a text");
  CHECK(first(without(kError, "message")) == "'error' must have 'message', a text");
  CHECK(first(with(progress(), "wans", Json::object())) ==
        "'progress' must have 'wans', a list of at most 256");
  CHECK(first(with(progress(), "wans", {1})) == "a WAN of 'progress' must have 'name', a text");
  CHECK(first(with(progress(), "sessions", Json(std::vector<Json>(257)))) ==
        "'progress' must have 'sessions', a list of at most 256");
  auto message = progress();
  message["sessions"][0]["up"]["silent_ms"] = "long";
  CHECK(first(message) == "a way of 'progress' must have 'silent_ms', a whole number");
}

TEST_CASE("Only nodes of the plan have an entrance", "[cell_protocol]") {
  CHECK(first(with(kReady, "nodes", {{"host", 3}})) ==
        "'ready' names a node that the plan does not have: 'host'");
  for (const auto& descriptor : {Json("3"), Json(-1), Json(1ULL << 40U), Json(nullptr)})
    CHECK(first(with(kReady, "nodes", {{"router", descriptor}})) ==
          "'ready' gives no descriptor of node 'router'");
}

TEST_CASE("The sandbox has a descriptor of each of its namespaces", "[cell_protocol]") {
  CHECK(first(without(kReady, "sandbox")) == "'ready' must have 'sandbox', an object");
  auto message = kReady;
  message["sandbox"]["ipc"] = "9";
  CHECK(first(message) == "'ready' gives no descriptor of the sandbox's ipc namespace");
  message["sandbox"].erase("mnt");
  CHECK(first(message) == "'ready' gives no descriptor of the sandbox's mnt namespace");
}

TEST_CASE("A message that is refused changes nothing", "[cell_protocol]") {
  auto protocol = cell();
  CHECK_FALSE(protocol.violation_of(with(kReady, "nodes", 1)).empty());
  CHECK(protocol.state() == CellProtocol::State::kStarted);
  CHECK(protocol.violation_of(kReady).empty());
}

TEST_CASE("A guest says hello first and nothing after its end", "[cell_protocol]") {
  CellProtocol guest{Speaker::kGuest};
  CHECK(guest.violation_of(kEvent) == "'event' may not come before 'hello'");
  CHECK(guest.violation_of(kEnd) == "'end' may not come before 'hello'");
  for (const auto& message : {kHello, kEvent, kReady, progress(), kError, kEnd})
    CHECK(guest.violation_of(message).empty());
  for (const auto& message : {kHello, kEvent, kReady, kError, kEnd})
    CHECK(guest.violation_of(message) ==
          fmt::format("'{}' may not come after the end", message.at("type").get<std::string>()));
}

TEST_CASE("A guest's end has the right types", "[cell_protocol]") {
  CellProtocol guest{Speaker::kGuest};
  CHECK(guest.violation_of(kHello).empty());
  CHECK(guest.violation_of(with(kEnd, "interrupted", "no")) ==
        "'end' must have 'interrupted', true or false");
  CHECK(guest.violation_of(without(kEnd, "error")) == "'end' must have 'error', a text");
}

TEST_CASE("From outside comes an interrupt, or nothing", "[cell_protocol]") {
  CHECK(is_interrupt({{"type", "interrupt"}}));
  for (const auto& malformed :
       {Json(nullptr), Json(Json::value_t::discarded), Json("interrupt"), Json::object(),
        Json{{"type", 3}}, Json{{"type", "ready"}}, Json::array({"type", "interrupt"})})
    CHECK_FALSE(is_interrupt(malformed));
}

TEST_CASE("Findings come from a cell that stands, or from a guest", "[cell_protocol]") {
  CellProtocol doctor{Speaker::kDiagnosingCell};
  CHECK(doctor.violation_of(kFinding) == "'finding' may not come before the lab is up");
  CHECK(doctor.violation_of({{"type", "stands"}}).empty());
  CHECK(doctor.violation_of(kFinding).empty());
  CHECK(doctor.violation_of(with(kFinding, "finding", {{"id", 3}})) ==
        "a finding must have 'id', a text");

  CellProtocol guest{Speaker::kGuest};
  CHECK(guest.violation_of(kHello).empty());
  CHECK(guest.violation_of(kFinding).empty());
  const Json all{{"where", "the VM"},
                 {"kernel", "6.1"},
                 {"cpus", 2},
                 {"root", true},
                 {"findings", {kFinding.at("finding"), 5}}};
  CHECK(guest.violation_of({{"type", "diagnosis"}, {"diagnosis", all}}) ==
        "a finding must have 'id', a text");
}
