// SPDX-License-Identifier: Apache-2.0
#include "cli/guest_supervisor.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <poll.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "cli/signals.hpp"
#include "lab/cell_protocol.hpp"
#include "lab/programs.hpp"
#include "vm/guest.hpp"
#include "vm/kvm.hpp"

namespace wandrill {

namespace fs = std::filesystem;

namespace {
using namespace std::chrono_literals;

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
    protocol_ = CellProtocol{Speaker::kGuest};
    while (!is_over_ && !guest.has_ended()) {
      wait(guest);
      for (auto message = guest.receive(); !message.is_null(); message = guest.receive())
        hear(message, guest);
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

  void hear(const Json& message, Guest& guest) {
    if (is_over_) return;
    if (const auto violation = protocol_.violation_of(message); !violation.empty()) {
      // Whoever writes what no guest writes is not to be believed in anything else.
      end_.error = "the VM's messages cannot be trusted: " + violation;
      is_over_ = true;
      guest.kill();
      return;
    }
    const auto& type = message.at("type");
    if (type == "hello") {
      is_up_ = true;
      if (!end_.interrupted) deadline_.reset();
    } else if (type == "end") {
      is_over_ = true;
      end_.interrupted = end_.interrupted || message.at("interrupted").get<bool>();
      end_.error = message.at("error");
    } else if (type != "ready") {
      view_.show(message);
    }
  }

  fs::path folder_;
  GuestFiles files_;
  LiveView& view_;
  CellProtocol protocol_{Speaker::kGuest};
  StopSignals signals_;
  CellEnd end_;
  std::optional<Clock::time_point> deadline_;
  bool is_up_ = false;
  bool is_over_ = false;
};

}  // namespace

CellEnd supervise_in_vm(const fs::path& folder, const GuestFiles& files, LiveView& view,
                        GuestTask task) {
  write_guest_job(folder, files, program_folder() / "wandrill", task);
  GuestSupervision supervision{folder, files, view};
  const auto note = kvm_refusal_note(files);
  const bool try_kvm = may_use_kvm(note);
  std::optional<CellEnd> end;
  if (try_kvm) end = supervision.watch(Accelerator::kKvm, kKvmBootsWithin);
  if (!end) {
    end = supervision.watch(Accelerator::kTcg, kTcgBootsWithin);
    if (try_kvm && supervision.is_up()) remember_kvm_refusal(note);
  }
  remove_guest_job(folder);
  if (end->error.empty()) fs::remove(folder / "console.log");
  return *end;
}

}  // namespace wandrill
