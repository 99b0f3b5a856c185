// SPDX-License-Identifier: Apache-2.0
// Times the bring-up and tear-down of the home office's network in a cell of its own, for ci/bench:
// prints milliseconds a round, up and down separately. Usage: wandrill_bench_network ROUNDS
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "lab/cell.hpp"
#include "lab/network.hpp"
#include "lab/testing/home_office.hpp"

namespace {

double milliseconds_since(wandrill::Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(wandrill::Clock::now() - start).count();
}

int measure(int rounds) {
  const auto topology = wandrill::testing::home_office();
  for (int round = 0; round < rounds; ++round) {
    const auto start = wandrill::Clock::now();
    double up = 0.0;
    {
      const wandrill::Network network{topology};
      up = milliseconds_since(start);
    }
    fmt::print("{:.3f} {:.3f}\n", up, milliseconds_since(start) - up);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 20;
  wandrill::Cell cell{{}, [rounds](wandrill::Channel&) { return measure(rounds); }};
  return cell.wait();
}
