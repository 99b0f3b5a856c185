// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace wandrill {

/// Text from a file, a router or another program as a terminal may get it: what would move the
/// cursor, colour, ring, end a string or turn the reading direction is written out (`\x1b`,
/// `\u202e`), and so is every byte that is no UTF-8. Line ends and tabs stay. For XML too, whose
/// texts may hold none of these.
std::string printable(std::string_view text);

/// The same for what is to stay on its line: line ends and tabs are written out as well.
std::string printable_line(std::string_view text);

}  // namespace wandrill
