// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "doctor/probes.hpp"

namespace wandrill {

Tried judged(int error) {
  switch (error) {
    case 0:
      return {.answer = Answer::kYes};
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
    case EAFNOSUPPORT:
    case EPROTONOSUPPORT:
      return {.answer = Answer::kNo};
    case EPERM:
    case EACCES:
      return {.answer = Answer::kNo, .detail = std::strerror(error)};
    default:
      return {.answer = Answer::kUnknown, .detail = std::strerror(error)};
  }
}

}  // namespace wandrill
