// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <exception>
#include <string>

namespace wandrill {

/// What an exception says and, when a limit of this process or machine made it, which limit that is
/// and how to raise it: descriptors (EMFILE, ENFILE), the size of files (EFBIG).
std::string with_limit(const std::exception& error);

/// As check() of unshare(2) with these flags; throws MachineError that names the limits of
/// namespaces when one of them is reached (ENOSPC, EUSERS), for "No space left on device" would say
/// that a disk is full.
void check_unshare(int result, int flags, const char* attempt);

}  // namespace wandrill
