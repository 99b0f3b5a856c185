// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>

#include "vm/guest_files.hpp"

namespace wandrill {

/// How long a guest may take to say its first word, with the processor's help and without.
constexpr std::chrono::seconds kKvmBootsWithin{10};
constexpr std::chrono::seconds kTcgBootsWithin{120};

/// Where it is remembered that this host's KVM cannot run this kernel: in $XDG_CACHE_HOME/wandrill
/// or ~/.cache/wandrill. Empty: nowhere.
std::filesystem::path kvm_refusal_note(const GuestFiles& files);

/// /dev/kvm is there for this user, and no refusal is remembered. That it works is not said by
/// this: some hosts offer one that hangs.
bool may_use_kvm(const std::filesystem::path& note);

/// Writes the note; does nothing where that cannot be.
void remember_kvm_refusal(const std::filesystem::path& note);

}  // namespace wandrill
