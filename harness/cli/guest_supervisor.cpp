// SPDX-License-Identifier: Apache-2.0
#include "cli/guest_supervisor.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include <poll.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "cli/data_folder.hpp"
#include "cli/signals.hpp"
#include "lab/programs.hpp"
#include "vm/guest.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {
using namespace std::chrono_literals;

constexpr Nanos kKvmBootsWithin = 10s;
constexpr Nanos kTcgBootsWithin = 120s;
/// After Ctrl-C, for the guest's cell to write its end.
constexpr Nanos kEndsWithin = 30s;

class GuestSupervision {
 public:
  GuestSupervision(const fs::path& folder, const GuestFiles& files, LiveView& view)
      : folder_{folder}, files_{files}, view_{view} {}

  /// Nothing when the guest did not say a word in time: the accelerator is no good.
  std::optional<CellEnd> watch(Accelerator accelerator, Nanos boots_within) {
    Guest guest{machine(accelerator)};
    deadline_ = Clock::now() + boots_within;
    is_up_ = false;
    while (!is_over_ && !guest.has_ended()) {
      wait(guest);
      for (auto message = guest.receive(); !message.is_null(); message = guest.receive())
        hear(message);
      if (deadline_ && Clock::now() >= *deadline_) break;
    }
    if (!is_up_ && !end_.interrupted && accelerator == Accelerator::kKvm) return std::nullopt;
    if (!is_over_ && end_.error.empty())
      end_.error = (is_up_ ? "the VM ended before the run did: " : "the VM did not boot: ") +
                   guest.last_words();
    return end_;
  }
  /// Whether the guest that was watched last has said a word.
  [[nodiscard]] bool is_up() const noexcept { return is_up_; }

 private:
  GuestMachine machine(Accelerator accelerator) const {
    return {.files = files_,
            .accelerator = accelerator,
            .run_folder = folder_,
            .console = folder_ / "console.log"};
  }

  void wait(Guest& guest) {
    std::array<pollfd, 2> ready{pollfd{guest.fd(), POLLIN, 0}, pollfd{signals_.fd(), POLLIN, 0}};
    int timeout_ms = -1;
    if (deadline_)
      timeout_ms =
          static_cast<int>(std::max<std::int64_t>(0, (*deadline_ - Clock::now()) / 1ms + 1));
    if (::poll(ready.data(), ready.size(), timeout_ms) < 0 && errno != EINTR)
      check(-1, "wait for the VM");
    if (ready[1].revents != 0) stop(guest);
  }

  void stop(Guest& guest) {
    signals_.take();
    if (end_.interrupted || !is_up_) guest.kill();
    end_.interrupted = true;
    guest.send({{"type", "interrupt"}});
    deadline_ = Clock::now() + kEndsWithin;
  }

  void hear(const Json& message) {
    const auto type = message.value("type", "");
    if (type == "hello") {
      is_up_ = true;
      if (!end_.interrupted) deadline_.reset();
    } else if (type == "end") {
      is_over_ = true;
      end_.interrupted = end_.interrupted || message.value("interrupted", false);
      end_.error = message.value("error", "");
    } else if (type != "ready") {
      view_.show(message);
    }
  }

  fs::path folder_;
  GuestFiles files_;
  LiveView& view_;
  StopSignals signals_;
  CellEnd end_;
  std::optional<Clock::time_point> deadline_;
  bool is_up_ = false;
  bool is_over_ = false;
};

/// What the guest's first program sources.
void write_job(const fs::path& folder, const GuestFiles& files) {
  write_file(folder / "guest.job",
             job_line("RUN_FOLDER", folder.native()) + job_line("MODULES", files.modules.native()) +
                 job_line("PROGRAM", (program_folder() / "wandrill").native()));
}

/// Where it is remembered that this host's KVM cannot run this guest; empty: nowhere.
fs::path refusal_note(const GuestFiles& files) {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (cache == nullptr && home == nullptr) return {};
  const auto folder = cache != nullptr ? fs::path{cache} : fs::path{home} / ".cache";
  return folder / "wandrill" / ("kvm-cannot-run-" + files.release);
}

bool may_use_kvm(const fs::path& note) {
  std::error_code unreadable;
  return ::access("/dev/kvm", R_OK | W_OK) == 0 && (note.empty() || !fs::exists(note, unreadable));
}

void remember(const fs::path& note) {
  if (note.empty()) return;
  std::error_code failed;
  fs::create_directories(note.parent_path(), failed);
  if (failed || ::access(note.parent_path().c_str(), W_OK) != 0) return;
  write_file(
      note,
      "/dev/kvm is there, but the guest did not boot with it. Remove this file to try again.\n");
}

}  // namespace

CellEnd supervise_in_vm(const fs::path& folder, LiveView& view) {
  const auto files = find_guest_files(guest_folder());
  write_job(folder, files);
  GuestSupervision supervision{folder, files, view};
  const auto note = refusal_note(files);
  const bool try_kvm = may_use_kvm(note);
  std::optional<CellEnd> end;
  if (try_kvm) end = supervision.watch(Accelerator::kKvm, kKvmBootsWithin);
  if (!end) {
    end = supervision.watch(Accelerator::kTcg, kTcgBootsWithin);
    if (try_kvm && supervision.is_up()) remember(note);
  }
  fs::remove(folder / "guest.job");
  if (end->error.empty()) fs::remove(folder / "console.log");
  return *end;
}

}  // namespace wandrill
