// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <stdexcept>

namespace wandrill {
namespace {

template <typename T>
T parsed(const Json& j) {
  const auto text = j.get<std::string>();
  if (const auto value = T::parse(text)) return *value;
  throw std::runtime_error{"'" + text + "' is not an address"};
}

}  // namespace

void to_json(Json& j, const Percent& value) {
  j = value.value;
}
void from_json(const Json& j, Percent& value) {
  value.value = j.get<double>();
}
void to_json(Json& j, const BitsPerSecond& value) {
  j = value.value;
}
void from_json(const Json& j, BitsPerSecond& value) {
  value.value = j.get<std::uint64_t>();
}
void to_json(Json& j, const Bytes& value) {
  j = value.value;
}
void from_json(const Json& j, Bytes& value) {
  value.value = j.get<std::uint64_t>();
}
void to_json(Json& j, const IpAddress& value) {
  j = to_string(value);
}
void from_json(const Json& j, IpAddress& value) {
  value = parsed<IpAddress>(j);
}
void to_json(Json& j, const IpPrefix& value) {
  j = to_string(value);
}
void from_json(const Json& j, IpPrefix& value) {
  value = parsed<IpPrefix>(j);
}

}  // namespace wandrill
