// SPDX-License-Identifier: Apache-2.0
#include "doctor/diagnose.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>

#include <poll.h>
#include <signal.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "doctor/module_fix.hpp"
#include "doctor/probes.hpp"
#include "lab/cell.hpp"
#include "lab/cell_protocol.hpp"
#include "lab/programs.hpp"

namespace wandrill {
namespace {

/// For one probe; the longest, importing Mininet under an emulated CPU, has 60 s of its own.
constexpr unsigned kPatienceSeconds = 90;
/// From one finding to the next; the cell is given up then.
constexpr int kPatienceMs = 120'000;

CheckAnswer finding_of(const Probe& probe) {
  CheckAnswer finding{.id = std::string{probe.id}};
  try {
    auto tried = probe.run();
    finding.answer = tried.answer;
    finding.detail = std::move(tried.detail);
    finding.fix = std::move(tried.fix);
  } catch (const std::exception& error) {
    finding.detail = error.what();
  }
  return finding;
}

std::vector<Probe> probes_for_the_cell() {
  std::vector<Probe> all;
  for (const auto probes :
       {engine_probes, queue_probes, port_probes, rule_probes, tester_probes, program_probes}) {
    auto some = probes();
    std::ranges::move(some, std::back_inserter(all));
  }
  return all;
}

void send(Channel& channel, const CheckAnswer& finding) {
  channel.send({{"type", "finding"}, {"finding", to_document(finding)}});
}

/// In a process of its own: one that hangs, or a library that gives up for all of us, costs one
/// finding.
void try_apart(const Probe& probe, Channel& channel) {
  std::fflush(nullptr);
  const pid_t child = check(::fork(), "try {}", probe.id);
  if (child == 0) {
    ::alarm(kPatienceSeconds);
    send(channel, finding_of(probe));
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  const bool is_late = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
  send(channel, {.id = std::string{probe.id},
                 .detail = is_late ? "it took longer than 90 s" : "the attempt broke down"});
}

/// In the cell.
int try_all(Channel& channel) {
  channel.send({{"type", "stands"}});
  for (const auto& probe : probes_for_the_cell())
    try_apart(probe, channel);
  return 0;
}

/// Hears the cell out, at most for so long from one finding to the next.
class Hearing {
 public:
  Hearing(Diagnosis& diagnosis, const TellFinding& tell) : diagnosis_{diagnosis}, tell_{tell} {}

  void of_cell() {
    Cell cell{{.visible = {program_folder(), std::filesystem::current_path()}}, try_all};
    CellProtocol protocol{Speaker::kDiagnosingCell};
    pollfd ready{cell.channel().fd(), POLLIN, 0};
    while (::poll(&ready, 1, kPatienceMs) > 0) {
      bool closed = false;
      while (!closed) {
        auto received = cell.channel().receive();
        closed = received.closed;
        if (received.message.is_null()) break;
        if (auto violation = protocol.violation_of(received.message); !violation.empty()) {
          error_ = std::move(violation);
          return;
        }
        hear(received.message);
      }
      if (closed) return;
    }
  }
  void add(CheckAnswer finding) {
    tell_(finding);
    diagnosis_.findings.push_back(std::move(finding));
  }
  void hear(const Json& message) {
    const auto& type = message.at("type");
    if (type == "stands") add({.id = "cell", .answer = Answer::kYes});
    if (type == "finding") add(finding_from(message.at("finding")));
    if (type == "error") error_ = message.at("message");
  }
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

 private:
  Diagnosis& diagnosis_;
  const TellFinding& tell_;
  std::string error_;
};

void put_in_order(std::vector<CheckAnswer>& findings) {
  const auto rank = [](const CheckAnswer& finding) { return find_check(finding.id); };
  std::ranges::sort(findings, {}, rank);
}

}  // namespace

Diagnosis diagnose(std::string_view where, const TellFinding& tell) {
  utsname kernel{};
  ::uname(&kernel);
  Diagnosis diagnosis{.where = std::string{where},
                      .kernel = kernel.release,
                      .cpus = std::thread::hardware_concurrency(),
                      .root = ::geteuid() == 0};
  Hearing hearing{diagnosis, tell};
  for (const auto& probe : user_probes())
    hearing.add(finding_of(probe));
  hearing.of_cell();
  const auto is_missing = [&](std::string_view id) {
    return std::ranges::find(diagnosis.findings, id, &CheckAnswer::id) == diagnosis.findings.end();
  };
  if (is_missing("cell"))
    hearing.add({.id = "cell", .answer = Answer::kNo, .fix = hearing.error()});
  for (const auto& probe : probes_for_the_cell())
    if (is_missing(probe.id))
      hearing.add({.id = std::string{probe.id}, .detail = "there is no cell to try it in"});
  put_in_order(diagnosis.findings);
  const auto modules = std::filesystem::path{"/lib/modules"} / kernel.release;
  for (auto& finding : diagnosis.findings)
    if (finding.answer == Answer::kNo && finding.fix.empty())
      finding.fix = better_fix(std::string{find_check(finding.id)->fix}, modules);
  return diagnosis;
}

}  // namespace wandrill
