// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <string>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

constexpr int kNoError = 0;
constexpr int kWrongWords = 1;
constexpr int kFullDisk = 2;

/// What becomes of two flushed lines, from a process whose standard output is that file.
int fate_of_output(const char* file) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (std::freopen(file, "w", stdout) == nullptr) ::_exit(kWrongWords);
    for (const auto* line : {"one\n", "two\n"}) {
      std::fputs(line, stdout);
      flush(stdout);
    }
    try {
      require_output_written();
    } catch (const std::system_error& error) {
      const bool is_right =
          std::string{error.what()} == "write to standard output: No space left on device";
      ::_exit(is_right ? kFullDisk : kWrongWords);
    }
    ::_exit(kNoError);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("What could not be written is an error, also when the last flush went well", "[output]") {
  CHECK(fate_of_output("/dev/null") == kNoError);
  if (::access("/dev/full", W_OK) != 0) WANDRILL_SKIP("no /dev/full");
  CHECK(fate_of_output("/dev/full") == kFullDisk);
}
