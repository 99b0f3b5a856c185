// SPDX-License-Identifier: Apache-2.0
#include "lab/testing/in_cell.hpp"

#include <poll.h>

#include "lab/cell.hpp"
#include "lab/programs.hpp"

namespace wandrill::testing {

std::vector<std::filesystem::path> folders_of_the_test() {
  return {std::filesystem::current_path(), program_folder()};
}

Json in_cell(const std::function<Json()>& body) {
  constexpr int kPatienceMs = 60'000;
  Cell cell{{.visible = folders_of_the_test()}, [&](Channel& channel) {
              channel.send(body());
              return 0;
            }};
  pollfd ready{cell.channel().fd(), POLLIN, 0};
  auto message = ::poll(&ready, 1, kPatienceMs) > 0 ? cell.channel().receive().message
                                                    : Json("the cell said nothing for a minute");
  cell.wait();
  return message;
}

}  // namespace wandrill::testing
