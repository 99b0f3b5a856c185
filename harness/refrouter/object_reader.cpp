// SPDX-License-Identifier: Apache-2.0
#include "refrouter/object_reader.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/names.hpp"

namespace wandrill {

ObjectReader::ObjectReader(const Json& object, std::string path, std::vector<std::string>& mistakes)
    : object_{object}, path_{std::move(path)}, mistakes_{mistakes} {}

const Json* ObjectReader::find(const std::string& key) {
  known_.insert(key);
  const auto found = object_.find(key);
  return found == object_.end() ? nullptr : &*found;
}

void ObjectReader::mistake(const std::string& key, const std::string& message) {
  mistakes_.push_back(fmt::format("{}{}{}: {}", path_, path_.empty() ? "" : ".", key, message));
}

void ObjectReader::text(const std::string& key, std::string& value) {
  const auto* found = find(key);
  if (!found) return;
  if (!found->is_string() || found->get_ref<const std::string&>().empty())
    return mistake(key, "a text is needed, not " + found->dump());
  value = found->get<std::string>();
}

void ObjectReader::required_text(const std::string& key, std::string& value) {
  if (find(key)) return text(key, value);
  mistake(key, "missing");
}

void ObjectReader::duration(const std::string& key, Nanos& value, Nanos at_least) {
  const auto* found = find(key);
  if (!found) return;
  const auto parsed =
      found->is_string() ? parse_duration(found->get_ref<const std::string&>()) : std::nullopt;
  if (!parsed)
    return mistake(
        key, fmt::format("a duration with its unit is needed (\"200ms\"), not {}", found->dump()));
  if (*parsed < at_least)
    return mistake(key,
                   fmt::format("at least {}, not {}", to_string(at_least), to_string(*parsed)));
  value = *parsed;
}

void ObjectReader::count(const std::string& key, int& value) {
  const auto* found = find(key);
  if (!found) return;
  constexpr std::int64_t kMost = 1'000'000;
  if (!found->is_number_integer() || found->get<std::int64_t>() < 1 ||
      found->get<std::int64_t>() > kMost)
    return mistake(key, "a whole number from 1 is needed, not " + found->dump());
  value = found->get<int>();
}

void ObjectReader::on_off(const std::string& key, bool& value) {
  choice<bool>(key, value, {{"off", false}, {"on", true}});
}

void ObjectReader::any_text(const std::string& key, std::string& value) {
  const auto* found = find(key);
  if (found == nullptr) return;
  if (!found->is_string()) return mistake(key, "a text is needed, not " + found->dump());
  value = found->get<std::string>();
}

void ObjectReader::addresses(const std::string& key, std::vector<IpAddress>& value) {
  const auto* found = find(key);
  if (!found) return;
  if (!found->is_array())
    return mistake(key, "a list of addresses is needed, not " + found->dump());
  for (const auto& item : *found) {
    const auto address =
        item.is_string() ? IpAddress::parse(item.get_ref<const std::string&>()) : std::nullopt;
    if (!address)
      mistake(key, "not an address: " + item.dump());
    else if (std::ranges::find(value, *address) != value.end())
      mistake(key, "given twice: " + to_string(*address));
    else
      value.push_back(*address);
  }
}

const std::string* ObjectReader::one_of(const std::string& key,
                                        const std::vector<std::string>& words) {
  const auto* found = find(key);
  if (!found) return nullptr;
  const auto* word = found->get_ptr<const std::string*>();
  if (word && std::ranges::find(words, *word) != words.end()) return word;
  mistake(key, fmt::format("one of {} is needed, not {}", fmt::join(words, ", "), found->dump()));
  return nullptr;
}

void ObjectReader::reject_unknown() {
  const std::vector<std::string> names{known_.begin(), known_.end()};
  for (const auto& [key, value] : object_.items())
    if (!known_.contains(key)) mistake(key, "no such key" + name_hint(key, names));
}

}  // namespace wandrill
