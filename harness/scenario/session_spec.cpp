// SPDX-License-Identifier: Apache-2.0
#include "scenario/session_spec.hpp"

#include "scenario/fields.hpp"

namespace wandrill {

std::optional<Placed<std::string>> SessionSpec::get(const SessionKey<std::string>& key) const {
  return Fields{values}.text(key.key);
}
std::optional<Placed<Nanos>> SessionSpec::get(const SessionKey<Nanos>& key) const {
  return Fields{values}.duration(key.key);
}
std::optional<Placed<std::uint64_t>> SessionSpec::get(const SessionKey<std::uint64_t>& key) const {
  return Fields{values}.count(key.key);
}
std::optional<Placed<BitsPerSecond>> SessionSpec::get(const SessionKey<BitsPerSecond>& key) const {
  return Fields{values}.rate(key.key);
}
std::optional<Placed<Bytes>> SessionSpec::get(const SessionKey<Bytes>& key) const {
  return Fields{values}.size(key.key);
}
std::vector<Placed<std::string>> SessionSpec::get(
    const SessionKey<std::vector<std::string>>& key) const {
  return Fields{values}.texts(key.key);
}
std::vector<PlacedPair> SessionSpec::get(
    const SessionKey<std::map<std::string, std::string>>& key) const {
  return Fields{values}.map(key.key);
}

}  // namespace wandrill
