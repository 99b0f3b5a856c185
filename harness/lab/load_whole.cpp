// SPDX-License-Identifier: Apache-2.0
#include "lab/load_whole.hpp"

#include <filesystem>

#include <poll.h>

#include "base/error.hpp"
#include "lab/cell.hpp"
#include "lab/mininet_lab.hpp"
#include "lab/standing_network.hpp"

namespace wandrill {
namespace {

/// A message of the channel has its limit, a network has none.
constexpr std::size_t kPart = 4096;

/// In the cell: sends {"network": …} or {"mistake": …} as JSON of ASCII, in parts.
int look(const Channel& channel, const std::string& file, const std::string& topo) {
  Json answer;
  try {
    const Sandbox sandbox;
    const MininetLab lab{sandbox, file, topo};
    answer = {{"network", lab.description()}};
  } catch (const MininetError& error) {
    answer = {{"mistake", error.what()}};
  }
  const auto text = answer.dump(-1, ' ', true, Json::error_handler_t::replace);
  for (std::size_t at = 0; at < text.size(); at += kPart)
    channel.send({{"type", "part"}, {"text", text.substr(at, kPart)}});
  return 0;
}

/// What the cell says until its end. Throws MachineError when that is how the cell failed.
std::string listen_to(const Cell& cell) {
  std::string text;
  for (;;) {
    pollfd line{cell.channel().fd(), POLLIN, 0};
    ::poll(&line, 1, -1);
    const auto [message, closed] = cell.channel().receive();
    if (closed) return text;
    if (!message.is_object()) continue;
    if (message.value("type", "") == "error") throw MachineError{message.value("message", "")};
    if (message.value("type", "") == "part") text += message.value("text", "");
  }
}

}  // namespace

Json look_at_mininet(const std::string& file, const std::string& topo) {
  // The cell may not have this working directory, or a link's folder.
  const auto whole = std::filesystem::weakly_canonical(file).native();
  Cell cell{{.writable = {}, .visible = {place_of(file)}},
            [&](Channel& channel) { return look(channel, whole, topo); }};
  const auto text = listen_to(cell);
  const int status = cell.wait();
  const auto answer = Json::parse(text, nullptr, false);
  if (!answer.is_object())
    throw MachineError{
        fmt::format("looking at {} with Mininet ended early (status {})", file, status)};
  if (answer.contains("mistake")) throw ConfigError{{{{file}, answer.value("mistake", "")}}};
  return answer.at("network");
}

LoadedScenario load_whole(const std::string& path, const LoadOptions& options) {
  auto loaded = load_scenario(path, options);
  if (!loaded.topology.mininet) return loaded;
  auto& mininet = *loaded.topology.mininet;
  if (mininet.attached) {
    const auto script =
        mininet.script ? std::optional{static_cast<pid_t>(*mininet.script)} : std::nullopt;
    loaded.topology.built = network_from(StandingNetwork{script}.description());
    return loaded;
  }
  const auto topo = mininet.topo ? mininet.topo->value : "";
  loaded.topology.built = network_from(look_at_mininet(mininet.file.value, topo));
  // It is read again when the lab is built, which may be in a VM with a working directory of its
  // own.
  mininet.file.value = std::filesystem::weakly_canonical(mininet.file.value).native();
  return loaded;
}

}  // namespace wandrill
