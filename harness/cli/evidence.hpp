// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "plan/plan.hpp"
#include "record/recording.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {

/// Packets from this long before an expectation was broken until this long after are evidence.
inline constexpr Nanos kEvidenceMargin = std::chrono::seconds{2};

/// Cuts the packets around each failed expectation out of what the run kept, into capture files in
/// `folder`/evidence, deletes the rest, and names the files in the verdict. When that was done
/// before, the files are there and it only names them. Throws MachineError for a full disk.
void keep_evidence(const Plan& plan, const Recording& recording,
                   const std::filesystem::path& folder, Verdict& verdict);

}  // namespace wandrill
