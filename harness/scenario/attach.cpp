// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "scenario/mininet.hpp"

namespace wandrill {
namespace {

constexpr std::string_view kMininet = "mininet";
constexpr std::string_view kForm =
    "takes mininet, or mininet:router=NODE,NAME=INTERFACE,… with the router's WANs, the most "
    "important first";

/// "router=r0,fibre=r0-eth1" as the map that a topology's `wandrill` is. Null: it is not.
Json roles_of_words(std::string_view words) {
  Json roles = Json::object();
  while (!words.empty()) {
    const auto word = words.substr(0, words.find(','));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    const auto sign = word.find('=');
    if (sign == std::string_view::npos || sign == 0 || sign + 1 == word.size()) return nullptr;
    const std::string key{word.substr(0, sign)};
    const std::string value{word.substr(sign + 1)};
    if (key == "router" || key == "pid")
      roles[key] = value;
    else
      roles["wans"][key] = {{"interface", value}};
  }
  return roles;
}

Json roles_of(std::string_view text) {
  return text.starts_with("{") ? Json::parse(text, nullptr, false) : roles_of_words(text);
}

/// Takes `pid` out of the map. Nothing: it is no process's number.
std::optional<std::uint64_t> take_pid(Json& roles) {
  const auto found = roles.find("pid");
  const auto text = found->is_string() ? found->get<std::string>() : found->dump();
  roles.erase(found);
  std::uint64_t pid = 0;
  const auto* end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, pid);
  if (error != std::errc{} || parsed != end || pid == 0 || pid > 0x7fffffff) return std::nullopt;
  return pid;
}

}  // namespace

MininetSpec decode_attach(const std::string& text, const std::optional<MininetSpec>& scenario,
                          Mistakes& mistakes) {
  const Place place{"--attach"};
  MininetSpec spec{.place = place, .file = {"", place}, .attached = true};
  if (scenario) spec.roles = scenario->roles;
  const auto colon = std::min(text.find(':'), text.size());
  auto roles = roles_of(std::string_view{text}.substr(std::min(colon + 1, text.size())));
  if (text.substr(0, colon) != kMininet || !roles.is_object()) {
    mistakes.add_text(place, std::string{kForm});
    return spec;
  }
  if (roles.contains("pid")) {
    spec.script = take_pid(roles);
    if (!spec.script) mistakes.add_text(place, "'pid' is the number of a process");
  }
  auto said = decode_roles(roles, place, mistakes);
  if (said.router) spec.roles.router = said.router;
  if (!said.wans.empty()) spec.roles.wans = std::move(said.wans);
  if (!said.servers.empty()) spec.roles.servers = std::move(said.servers);
  if (!said.services.empty()) spec.roles.services = std::move(said.services);
  return spec;
}

}  // namespace wandrill
