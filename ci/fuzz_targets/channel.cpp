// SPDX-License-Identifier: Apache-2.0
// What whoever got hold of the cell's line, or of a guest's, could write into it: a message a line.
// What the protocol lets pass is drawn as the parent draws it, and must not throw.
#include "base/json_text.hpp"
#include "cli/live_view.hpp"
#include "lab/cell_protocol.hpp"

namespace {

wandrill::Speaker speaker_of(std::uint8_t octet) {
  if (octet % 3 == 0) return wandrill::Speaker::kCell;
  return octet % 3 == 1 ? wandrill::Speaker::kGuest : wandrill::Speaker::kDiagnosingCell;
}

/// As supervisor.cpp uses it.
void use(const wandrill::Json& message) {
  const auto& type = message.at("type");
  if (type == "error" && message.at("message").get<std::string>().size() > 4096) __builtin_trap();
  if (type == "end") (void)message.at("interrupted").get<bool>();
  if (type == "ready")
    for (const auto& [name, descriptor] : message.at("nodes").items())
      if (descriptor.get<int>() < 0) __builtin_trap();
  if (type == "progress" && wandrill::draw_progress(message, 80).empty()) __builtin_trap();
  if (type == "event" && wandrill::plain_line(message).find('\n') != std::string::npos)
    __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using State = wandrill::CellProtocol::State;
  if (size == 0) return 0;
  const auto speaker = speaker_of(data[0]);
  wandrill::CellProtocol protocol{speaker, {{"router", "laptop"}}};
  std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
  int times_ready = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto message = wandrill::parse_json(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    (void)wandrill::is_interrupt(message.value_or(nullptr));
    const auto before = protocol.state();
    const auto violation = protocol.violation_of(message.value_or(nullptr));
    if (violation.empty()) {
      if (before == State::kEnded) __builtin_trap();
      if (before != protocol.state() && protocol.state() == State::kReady && ++times_ready > 1)
        __builtin_trap();
      use(*message);
    } else if (before != protocol.state() || violation.find('\x1b') != std::string::npos) {
      __builtin_trap();
    }
  }
  return 0;
}
