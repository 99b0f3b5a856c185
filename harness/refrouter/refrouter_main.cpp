// SPDX-License-Identifier: Apache-2.0
#include <exception>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "refrouter/daemon.hpp"

namespace {

constexpr int kBadInput = 2;
constexpr int kMachineCannot = 3;

}  // namespace

/// wandrill-refrouter CONFIG.json: routes in the network namespace it is started in.
int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: wandrill-refrouter CONFIG.json\n");
    return kBadInput;
  }
  try {
    wandrill::Daemon daemon{argv[1], STDOUT_FILENO};
    daemon.run();
    return 0;
  } catch (const wandrill::ConfigError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return kBadInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "wandrill-refrouter: {}\n", error.what());
    return kMachineCannot;
  }
}
