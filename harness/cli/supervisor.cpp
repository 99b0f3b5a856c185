// SPDX-License-Identifier: Apache-2.0
#include "cli/supervisor.hpp"

#include <array>
#include <cstring>
#include <fstream>

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "cli/helm.hpp"
#include "cli/signals.hpp"
#include "lab/cell.hpp"
#include "lab/cell_protocol.hpp"
#include "lab/programs.hpp"
#include "lab/standing_network.hpp"
#include "run/run.hpp"

namespace wandrill {
namespace {

/// The cell's PID 1 as the host numbers it: the keeper's only child.
pid_t first_child_of(pid_t keeper) {
  std::ifstream children{fmt::format("/proc/{0}/task/{0}/children", keeper)};
  pid_t child = -1;
  children >> child;
  return child;
}

/// What `wandrill enter` needs to find its way in.
void write_entrance(const std::filesystem::path& folder, const Json& ready, pid_t keeper) {
  write_file(folder / "cell.json", Json{{"pid", first_child_of(keeper)},
                                        {"nodes", ready.at("nodes")},
                                        {"sandbox", ready.at("sandbox")}}
                                           .dump(2) +
                                       "\n");
}

std::vector<std::string> names_of(const std::vector<NodePlan>& nodes) {
  std::vector<std::string> names;
  for (const auto& node : nodes)
    names.push_back(node.name);
  return names;
}

/// What may lie where the cell's private folders would hide it.
std::vector<std::filesystem::path> seen_by(const Plan& plan) {
  std::vector<std::filesystem::path> folders{program_folder(), std::filesystem::current_path()};
  if (plan.topology.mininet && !plan.topology.is_attached())
    folders.push_back(place_of(plan.topology.mininet->file));
  return folders;
}

/// Looked up anew for each run: the user may have started another one since the plan was made.
std::optional<StandingNetwork> standing_for(const Plan& plan) {
  if (!plan.topology.is_attached()) return std::nullopt;
  return StandingNetwork{plan.topology};
}

class Supervision {
 public:
  Supervision(const Plan& plan, std::filesystem::path folder, LiveView& view, Entrance entrance,
              Helm* helm)
      : folder_{std::move(folder)},
        view_{view},
        entrance_{entrance},
        helm_{helm},
        protocol_{Speaker::kCell, names_of(plan.topology.nodes)},
        standing_{standing_for(plan)},
        cell_{{.writable = {folder_}, .visible = seen_by(plan)}, [&plan, this](Channel& channel) {
                return run_plan(plan, folder_, channel, standing_ ? &*standing_ : nullptr);
              }} {}

  CellEnd watch() {
    while (!closed_)
      wait_and_handle();
    const int status = cell_.wait();
    std::filesystem::remove(folder_ / "cell.json");
    if (end_.error.empty() && WIFSIGNALED(status))
      end_.error = fmt::format("the cell was killed by signal {} ({})", WTERMSIG(status),
                               ::strsignal(WTERMSIG(status)));
    return end_;
  }

 private:
  void wait_and_handle() {
    std::array<pollfd, 3> ready{pollfd{cell_.channel().fd(), POLLIN, 0},
                                pollfd{signals_.fd(), POLLIN, 0},
                                pollfd{helm_ == nullptr ? -1 : helm_->fd(), POLLIN, 0}};
    if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
      check(-1, "wait for the cell");
    if (ready[1].revents != 0) stop();
    if (ready[0].revents != 0) hear();
    if (ready[2].revents != 0) helm_->read();
    if (helm_ != nullptr)
      for (auto order = helm_->next(); !order.is_null(); order = helm_->next())
        cell_.channel().send(order);
  }

  void stop() {
    signals_.take();
    if (end_.interrupted) ::kill(cell_.pid(), SIGKILL);
    end_.interrupted = true;
    cell_.channel().send({{"type", "interrupt"}});
  }

  void hear() {
    for (;;) {
      const auto [message, closed] = cell_.channel().receive();
      closed_ = closed;
      if (message.is_null()) return;
      if (const auto violation = protocol_.violation_of(message); !violation.empty())
        give_up(violation);
      else
        take(message);
    }
  }

  void take(const Json& message) {
    const auto& type = message.at("type");
    if (type == "error" && end_.error.empty()) end_.error = message.at("message");
    if (type == "ready" && entrance_ == Entrance::kOpen)
      write_entrance(folder_, message, cell_.pid());
    view_.show(message);
    if (helm_ != nullptr) helm_->take(message);
  }

  /// Whoever writes what no cell writes is not to be believed in anything else.
  void give_up(const std::string& violation) {
    if (end_.error.empty()) end_.error = "the lab's messages cannot be trusted: " + violation;
    ::kill(cell_.pid(), SIGKILL);
  }

  std::filesystem::path folder_;
  LiveView& view_;
  Entrance entrance_;
  Helm* helm_;
  CellProtocol protocol_;
  StopSignals signals_;
  CellEnd end_;
  bool closed_ = false;
  std::optional<StandingNetwork> standing_;  ///< Found before the cell has other processes to see.
  Cell cell_;
};

}  // namespace

CellEnd supervise(const Plan& plan, const std::filesystem::path& folder, LiveView& view,
                  Entrance entrance, Helm* helm) {
  return Supervision{plan, folder, view, entrance, helm}.watch();
}

}  // namespace wandrill
