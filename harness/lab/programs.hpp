// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// The folder that the running wandrill was started from: its own daemons stand beside it.
std::filesystem::path program_folder();

/// A program as the lab starts it: one of ours ("wandrill-…") by its full path, any other as it is.
std::string resolve_program(const std::string& name);

/// The full path of a program: along PATH, and where daemons are kept that an ordinary user's PATH
/// leaves out (/usr/sbin, /usr/lib/frr, …). Empty: there is none.
std::filesystem::path find_program(const std::string& name);

/// PATH for what the lab starts: ours, then the folder of wandrill's own programs, so that a
/// script of a router finds them by name.
std::string search_path();

}  // namespace wandrill
