// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <exception>
#include <string_view>

#include <fmt/format.h>

#include "refrouter/control.hpp"
#include "refrouter/status.hpp"

namespace {

constexpr int kRefused = 1;
constexpr int kBadInput = 2;
constexpr int kNoRouter = 3;
constexpr std::array<std::string_view, 4> kCommands{"failover", "failback", "status", "reload"};

}  // namespace

/// wandrill-refrouterctl SOCKET COMMAND: prints the router's answer.
int main(int argc, char** argv) {
  if (argc != 3 || std::ranges::find(kCommands, argv[2]) == kCommands.end()) {
    fmt::print(stderr, "usage: wandrill-refrouterctl SOCKET failover|failback|status|reload\n");
    return kBadInput;
  }
  try {
    const auto answer = wandrill::ask_router(argv[1], argv[2]);
    fmt::print("{}\n", answer);
    return wandrill::is_done(answer) ? 0 : kRefused;
  } catch (const std::exception& error) {
    fmt::print(stderr, "wandrill-refrouterctl: {}\n", error.what());
    return kNoRouter;
  }
}
