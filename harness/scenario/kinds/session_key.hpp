// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "scenario/section.hpp"

namespace wandrill {

/// A key that only some kinds of sessions have, and the type of its value: the only place where it
/// stands. SessionSpec::get() reads it.
template <typename Value>
struct SessionKey : KeyInfo {};

/// What a user can write for one kind of session.
struct KindKeys {
  std::string_view kind;
  std::string_view summary;  ///< "a call"
  std::vector<const KeyInfo*> keys;
};

/// Every kind, in the order of the documentation.
const std::vector<KindKeys>& session_kind_keys();
/// The kinds that have a key.
std::vector<std::string> kinds_with(std::string_view key);

}  // namespace wandrill
