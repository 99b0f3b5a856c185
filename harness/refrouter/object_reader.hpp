// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "base/json.hpp"

namespace wandrill {

/// Reads the keys of one JSON object and notes every mistake as "path.key: message". A key that is
/// not there leaves the value as it was.
class ObjectReader {
 public:
  /// `path`: where the object stands ("wans[0]"), empty for the outermost one.
  ObjectReader(const Json& object, std::string path, std::vector<std::string>& mistakes);

  /// The key's value, or nullptr. Every key asked for is a known one.
  const Json* find(const std::string& key);
  /// Notes a mistake at a key.
  void mistake(const std::string& key, const std::string& message);

  void text(const std::string& key, std::string& value);
  void required_text(const std::string& key, std::string& value);
  void duration(const std::string& key, Nanos& value, Nanos at_least);
  void count(const std::string& key, int& value);
  void on_off(const std::string& key, bool& value);
  /// May be empty.
  void any_text(const std::string& key, std::string& value);
  void addresses(const std::string& key, std::vector<IpAddress>& value);
  /// One of some words.
  template <typename Choice>
  void choice(const std::string& key, Choice& value, const std::map<std::string, Choice>& words) {
    std::vector<std::string> names;
    for (const auto& [word, meaning] : words)
      names.push_back(word);
    const auto* found = one_of(key, names);
    if (found) value = words.at(*found);
  }

  /// Notes every key that nobody asked for.
  void reject_unknown();

 private:
  const std::string* one_of(const std::string& key, const std::vector<std::string>& words);

  const Json& object_;
  std::string path_;
  std::vector<std::string>& mistakes_;
  std::set<std::string> known_;
};

}  // namespace wandrill
