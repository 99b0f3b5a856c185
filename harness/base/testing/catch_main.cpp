// SPDX-License-Identifier: Apache-2.0
#define CATCH_CONFIG_RUNNER
#include <iostream>

#include "base/testing/catch.hpp"

namespace {
int skipped_cases = 0;

class CaseCounter : public Catch::TestEventListenerBase {
 public:
  using TestEventListenerBase::TestEventListenerBase;
  void testCaseEnded(const Catch::TestCaseStats& /*stats*/) override { ++ended; }
  static int ended;
};
int CaseCounter::ended = 0;
CATCH_REGISTER_LISTENER(CaseCounter)
}  // namespace

void wandrill::testing::note_skip(const std::string& reason) {
  ++skipped_cases;
  std::cout << "SKIPPED: " << Catch::getResultCapture().getCurrentTestName() << ": " << reason
            << std::endl;
}

int main(int argc, char** argv) {
  const int failed = Catch::Session().run(argc, argv);
  if (failed != 0) return failed;
  constexpr int kSkipReturnCode = 77;
  return skipped_cases > 0 && skipped_cases == CaseCounter::ended ? kSkipReturnCode : 0;
}
