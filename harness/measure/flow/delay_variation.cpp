// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/delay_variation.hpp"

#include <algorithm>

namespace wandrill {

Delays ipdv(const Delays& delays) {
  Delays result(delays.size());
  for (std::size_t i = 1; i < delays.size(); ++i)
    if (delays[i] && delays[i - 1]) result[i] = *delays[i] - *delays[i - 1];
  return result;
}

Delays pdv(const Delays& delays) {
  Nanos smallest = Nanos::max();
  for (const auto& delay : delays)
    if (delay) smallest = std::min(smallest, *delay);
  Delays result(delays.size());
  for (std::size_t i = 0; i < delays.size(); ++i)
    if (delays[i]) result[i] = *delays[i] - smallest;
  return result;
}

}  // namespace wandrill
