// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <unistd.h>

#include "base/error.hpp"
#include "doctor/find_program.hpp"
#include "doctor/probes.hpp"
#include "lab/programs.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

/// Python under an emulated CPU takes its time.
constexpr std::chrono::milliseconds kPatience = 60s;

/// A program and how it tells its version.
struct Program {
  std::string_view id;
  std::vector<const char*> names;  ///< The first that is found counts.
  const char* version_option;
};

const std::vector<Program>& programs() {
  static const std::vector<Program> table{{"keepalived", {"keepalived"}, "--version"},
                                          {"bird", {"bird", "bird2"}, "--version"},
                                          {"strongswan", {"swanctl", "ipsec"}, "--version"},
                                          {"openvpn", {"openvpn"}, "--version"},
                                          {"wg", {"wg"}, "--version"},
                                          {"dnsmasq", {"dnsmasq"}, "--version"},
                                          {"unbound", {"unbound"}, "-V"},
                                          {"tcpdump", {"tcpdump"}, "--version"},
                                          {"tshark", {"tshark"}, "--version"},
                                          {"sipp", {"sipp"}, "-v"},
                                          {"baresip", {"baresip"}, "-h"}};
  return table;
}

Tried found(const std::filesystem::path& path, const char* version_option) {
  const auto end = run_program({path.native(), version_option}, kPatience);
  if (!end)
    return {.answer = Answer::kUnknown,
            .detail = fmt::format("{} {} did not end", path.native(), version_option)};
  const auto version = version_in(end->output);
  // Without a version and with an error it did not so much as start: a library is missing, say.
  if (version.empty() && end->status != 0)
    return {.answer = Answer::kUnknown,
            .detail = fmt::format("{} {} fails", path.native(), version_option)};
  return {.answer = Answer::kYes, .detail = version.empty() ? path.native() : version};
}

Tried try_program(const Program& program) {
  for (const char* name : program.names)
    if (const auto path = find_program(name); !path.empty())
      return found(path, program.version_option);
  return {.answer = Answer::kNo};
}

/// One line for its daemons; zebra is the one that all of them need.
Tried try_frr() {
  const auto zebra = find_program("zebra");
  if (zebra.empty()) return {.answer = Answer::kNo};
  auto tried = found(zebra, "--version");
  if (tried.answer != Answer::kYes) return tried;
  tried.detail += ": zebra";
  for (const char* daemon : {"bgpd", "ospfd", "ospf6d", "bfdd", "staticd", "vrrpd", "isisd"})
    if (!find_program(daemon).empty()) tried.detail += std::string{" "} + daemon;
  return tried;
}

constexpr const char* kPython = "/usr/bin/python3";

Tried try_python() {
  if (::access(kPython, X_OK) != 0) return {.answer = Answer::kNo};
  return found(kPython, "--version");
}

Tried try_mininet() {
  if (::access(kPython, X_OK) != 0) return {.answer = Answer::kNo};
  const auto end = run_program(
      {kPython, "-c", "import mininet.topo, mininet.net; print(mininet.net.VERSION)"}, kPatience);
  if (!end) return {.answer = Answer::kUnknown, .detail = "importing it did not end"};
  if (end->status != 0) return {.answer = Answer::kNo};
  return {.answer = Answer::kYes, .detail = version_in(end->output)};
}

/// Started without a configuration, it says what it wants.
Tried try_refrouter() {
  const auto path = program_folder() / "wandrill-refrouter";
  if (::access(path.c_str(), X_OK) != 0)
    return {.answer = Answer::kNo, .detail = path.native() + " is missing"};
  const auto end = run_program({path.native()}, kPatience);
  if (!end || !end->output.starts_with("usage"))
    return {.detail = path.native() + " does not start"};
  return {.answer = Answer::kYes};
}

}  // namespace

std::vector<Probe> program_probes() {
  std::vector<Probe> probes{{"refrouter", try_refrouter},
                            {"python", try_python},
                            {"mininet", try_mininet},
                            {"frr", try_frr}};
  for (const auto& program : programs())
    probes.push_back({program.id, [&program] { return try_program(program); }});
  return probes;
}

}  // namespace wandrill
