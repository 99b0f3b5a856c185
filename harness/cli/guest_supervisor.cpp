// SPDX-License-Identifier: Apache-2.0
#include "cli/guest_supervisor.hpp"

#include <array>
#include <optional>

#include <poll.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/pressure.hpp"
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
constexpr std::chrono::milliseconds kLookEvery = 50ms;

class GuestSupervision {
 public:
  GuestSupervision(const fs::path& folder, const GuestFiles& files, LiveView& view)
      : folder_{folder}, files_{files}, view_{view} {}

  /// Nothing when the guest did not say a word in time: the accelerator is no good.
  std::optional<CellEnd> watch(Accelerator accelerator, Nanos boots_within) {
    Guest guest{machine(accelerator)};
    patience_.emplace(boots_within, look_now());
    gave_up_.clear();
    is_up_ = false;
    protocol_ = CellProtocol{Speaker::kGuest};
    while (!is_over_ && !guest.has_ended()) {
      wait(guest);
      for (auto message = guest.receive(); !message.is_null(); message = guest.receive())
        hear(message, guest);
      if (patience_ && patience_->is_over(look_now())) {
        gave_up_ = " within " + patience_->text();
        break;
      }
    }
    if (!is_up_ && !end_.interrupted && accelerator == Accelerator::kKvm) return std::nullopt;
    if (!is_over_ && end_.error.empty()) end_.error = why_it_is_over() + ": " + guest.last_words();
    return end_;
  }
  /// Whether the guest that was watched last has said a word.
  [[nodiscard]] bool is_up() const noexcept { return is_up_; }

 private:
  [[nodiscard]] std::string why_it_is_over() const {
    if (!is_up_) return "the VM did not boot" + gave_up_;
    return gave_up_.empty() ? "the VM ended before the run did" : "the VM did not end" + gave_up_;
  }
  GuestMachine machine(Accelerator accelerator) const {
    return {.files = files_,
            .accelerator = accelerator,
            .run_folder = folder_,
            .console = folder_ / "console.log"};
  }

  void wait(Guest& guest) {
    std::array<pollfd, 2> ready{pollfd{guest.fd(), POLLIN, 0}, pollfd{signals_.fd(), POLLIN, 0}};
    const int timeout_ms = patience_ ? static_cast<int>(kLookEvery.count()) : -1;
    if (::poll(ready.data(), ready.size(), timeout_ms) < 0 && errno != EINTR)
      check(-1, "wait for the VM");
    if (ready[1].revents != 0) stop(guest);
  }

  void stop(Guest& guest) {
    signals_.take();
    if (end_.interrupted || !is_up_) guest.kill();
    end_.interrupted = true;
    guest.send({{"type", "interrupt"}});
    patience_.emplace(kEndsWithin, look_now());
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
      if (end_.interrupted || !patience_) return;
      patience_->notify_if_stretched(
          [this](const std::string& text) {
            view_.show({{"type", "event"}, {"at", 0}, {"text", text}});
          },
          "the VM was up");
      patience_.reset();
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
  std::optional<Patience> patience_;  ///< While something is waited for.
  std::string gave_up_;               ///< " within 10s" when patience was over.
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
