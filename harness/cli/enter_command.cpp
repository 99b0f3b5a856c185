// SPDX-License-Identifier: Apache-2.0
#include "cli/enter_command.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/exit_codes.hpp"
#include "base/json_text.hpp"
#include "base/names.hpp"
#include "base/printable.hpp"
#include "base/unique_fd.hpp"
#include "cli/run_folder.hpp"
#include "mininet/lab_server.hpp"
#include "mininet/mininet_process.hpp"
#include "net/exec_descriptors.hpp"
#include "sandbox/sandbox.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

struct NamespaceHandles {
  UniqueFd user;
  UniqueFd pid;
  UniqueFd network;
  SandboxNamespaces sandbox;
};

UniqueFd open_namespace(const std::string& path) {
  return UniqueFd{check(::open(path.c_str(), O_RDONLY | O_CLOEXEC),
                        "enter the lab through {} (only the user who runs it may)", path)};
}

bool is_same_file(const std::string& a, const std::string& b) {
  struct stat first {};
  struct stat second {};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
         first.st_ino == second.st_ino && first.st_dev == second.st_dev;
}

/// What cell.json says; throws MachineError that names it when it is damaged.
Json read_entrance(const fs::path& file) {
  auto entrance = read_json(file);
  const auto is_number = [](const Json& value) { return value.is_number_integer(); };
  const auto holds_numbers = [&](const char* key) {
    const auto found = entrance.find(key);
    return found != entrance.end() && found->is_object() && std::ranges::all_of(*found, is_number);
  };
  const auto has_all_kinds = [&] {
    return std::ranges::all_of(std::array{"mnt", "uts", "ipc", "user"}, [&](const char* kind) {
      return entrance.at("sandbox").contains(kind);
    });
  };
  if (entrance.is_object() && is_number(entrance.value("pid", Json{})) && holds_numbers("nodes") &&
      holds_numbers("sandbox") && has_all_kinds())
    return entrance;
  throw MachineError{file.native() + ": is damaged: it does not say where the lab is"};
}

Json entrance_of(const fs::path& run_folder) {
  const auto file = run_folder / "cell.json";
  if (!is_going_on(run_folder))
    throw MachineError{fmt::format("{} is not a run that is going on{}", run_folder.native(),
                                   fs::exists(file) ? ": its cell is dead" : "")};
  return read_entrance(file);
}

NamespaceHandles open_namespaces(const Json& entrance, const std::string& node) {
  const auto& nodes = entrance.at("nodes");
  if (!nodes.contains(node)) {
    std::vector<std::string> names;
    for (const auto& [name, fd] : nodes.items())
      names.push_back(name);
    throw MachineError{fmt::format("the lab has no node '{}'{}", node, name_hint(node, names))};
  }
  const auto proc = fmt::format("/proc/{}", entrance.at("pid").get<int>());
  const auto opened = [&](int fd) {
    return fd < 0 ? UniqueFd{} : open_namespace(fmt::format("{}/fd/{}", proc, fd));
  };
  const auto& sandbox = entrance.at("sandbox");
  NamespaceHandles handles{.pid = open_namespace(proc + "/ns/pid"),
                           .network = opened(nodes.at(node).get<int>()),
                           .sandbox = {.mount = opened(sandbox.at("mnt").get<int>()),
                                       .uts = opened(sandbox.at("uts").get<int>()),
                                       .ipc = opened(sandbox.at("ipc").get<int>()),
                                       .user = opened(sandbox.at("user").get<int>())}};
  if (!is_same_file(proc + "/ns/user", "/proc/self/ns/user"))
    handles.user = open_namespace(proc + "/ns/user");
  return handles;
}

void join_namespaces(const NamespaceHandles& handles) {
  if (handles.user)
    check(::setns(handles.user.get(), CLONE_NEWUSER), "enter the lab's user namespace");
  check(::setns(handles.pid.get(), CLONE_NEWPID), "enter the lab's PID namespace");
  check(::setns(handles.network.get(), CLONE_NEWNET), "enter the node's network namespace");
}

[[noreturn]] void become(const NamespaceHandles& handles, const std::vector<std::string>& command) {
  if (!handles.sandbox.enter()) {
    std::cerr << "wandrill: enter the lab's sandbox: " << std::strerror(errno) << "\n";
    ::_exit(kExitMachine);
  }
  std::vector<char*> argv;
  for (const auto& word : command)
    argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  close_all_on_exec();
  ::execvp(argv[0], argv.data());
  std::cerr << "wandrill: run " << printable_line(command.front()) << ": " << std::strerror(errno)
            << "\n";
  ::_exit(127);
}

}  // namespace

int enter_mininet(const fs::path& run_folder) {
  const auto nodes = entrance_of(run_folder).at("nodes");
  // Which node it is does not matter: the command line has a way into each.
  if (nodes.empty()) throw MachineError{"the lab has no nodes"};
  return enter_node(run_folder, nodes.begin().key(), {mininet_python(), "-c", kLabServer, "--cli"});
}

int enter_node(const fs::path& run_folder, const std::string& node,
               std::vector<std::string> command) {
  const NamespaceHandles handles = open_namespaces(entrance_of(run_folder), node);
  if (command.empty()) {
    const char* shell = std::getenv("SHELL");
    command = {shell != nullptr && *shell != '\0' ? shell : "/bin/sh"};
  }
  join_namespaces(handles);
  const pid_t child = check(::fork(), "start {}", command.front());
  if (child == 0) become(handles, command);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace wandrill
