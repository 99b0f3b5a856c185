// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "base/units.hpp"

namespace wandrill {

/// JSON that keeps its keys in the order in which they were written: reports are read by people.
using Json = nlohmann::ordered_json;

}  // namespace wandrill

// How the base types look in JSON. Instants and durations are whole nanoseconds; rates bit/s; sizes
// bytes; addresses text.
namespace nlohmann {

template <>
struct adl_serializer<wandrill::Nanos> {
  static void to_json(wandrill::Json& j, wandrill::Nanos value) { j = value.count(); }
  static void from_json(const wandrill::Json& j, wandrill::Nanos& value) {
    value = wandrill::Nanos{j.get<wandrill::Nanos::rep>()};
  }
};

template <>
struct adl_serializer<wandrill::RunInstant> {
  static void to_json(wandrill::Json& j, wandrill::RunInstant value) {
    j = value.time_since_epoch().count();
  }
  static void from_json(const wandrill::Json& j, wandrill::RunInstant& value) {
    value = wandrill::RunInstant{wandrill::Nanos{j.get<wandrill::Nanos::rep>()}};
  }
};

template <typename T>
struct adl_serializer<std::optional<T>> {
  static void to_json(wandrill::Json& j, const std::optional<T>& value) {
    if (value)
      j = *value;
    else
      j = nullptr;
  }
  static void from_json(const wandrill::Json& j, std::optional<T>& value) {
    if (j.is_null())
      value.reset();
    else
      value = j.template get<T>();
  }
};

}  // namespace nlohmann

namespace wandrill {

void to_json(Json& j, const Percent& value);
void from_json(const Json& j, Percent& value);
void to_json(Json& j, const BitsPerSecond& value);
void from_json(const Json& j, BitsPerSecond& value);
void to_json(Json& j, const Bytes& value);
void from_json(const Json& j, Bytes& value);
void to_json(Json& j, const IpAddress& value);
void from_json(const Json& j, IpAddress& value);
void to_json(Json& j, const IpPrefix& value);
void from_json(const Json& j, IpPrefix& value);

}  // namespace wandrill
