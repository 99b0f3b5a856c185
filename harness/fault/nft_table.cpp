// SPDX-License-Identifier: Apache-2.0
#include "fault/nft_table.hpp"

#include <fmt/format.h>

#include "net/nft.hpp"

namespace wandrill {

void add_table(const NetNs& ns, const std::string& table, const std::string& chains) {
  run_nft(ns, fmt::format("table {} {{\n{}\n}}", table, chains));
}

void delete_table(const NetNs& ns, const std::string& table) {
  run_nft(ns, "delete table " + table);
}

bool has_table(const NetNs& ns, const std::string& table) {
  return list_ruleset(ns).find("table " + table + " {") != std::string::npos;
}

}  // namespace wandrill
