// SPDX-License-Identifier: Apache-2.0
#include "cli/enter_command.hpp"

#include <cstdlib>
#include <iostream>

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "base/names.hpp"
#include "base/unique_fd.hpp"
#include "cli/run_folder.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

struct Door {
  UniqueFd user;
  UniqueFd mount;
  UniqueFd pid;
  UniqueFd network;
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

Door open_door(const Json& entrance, const std::string& node) {
  const auto& nodes = entrance.at("nodes");
  if (!nodes.contains(node)) {
    std::vector<std::string> names;
    for (const auto& [name, fd] : nodes.items())
      names.push_back(name);
    throw MachineError{fmt::format("the lab has no node '{}'{}", node, name_hint(node, names))};
  }
  const auto proc = fmt::format("/proc/{}", entrance.at("pid").get<int>());
  Door door{.mount = open_namespace(proc + "/ns/mnt"),
            .pid = open_namespace(proc + "/ns/pid"),
            .network = open_namespace(fmt::format("{}/fd/{}", proc, nodes.at(node).get<int>()))};
  if (!is_same_file(proc + "/ns/user", "/proc/self/ns/user"))
    door.user = open_namespace(proc + "/ns/user");
  return door;
}

void go_through(const Door& door) {
  if (door.user) check(::setns(door.user.get(), CLONE_NEWUSER), "enter the lab's user namespace");
  check(::setns(door.pid.get(), CLONE_NEWPID), "enter the lab's PID namespace");
  check(::setns(door.network.get(), CLONE_NEWNET), "enter the node's network namespace");
  check(::setns(door.mount.get(), CLONE_NEWNS), "enter the lab's mount namespace");
}

[[noreturn]] void become(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  for (const auto& word : command)
    argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  std::cerr << "wandrill: run " << command.front() << ": " << std::strerror(errno) << "\n";
  ::_exit(127);
}

}  // namespace

int enter_node(const fs::path& run_folder, const std::string& node,
               std::vector<std::string> command) {
  const auto file = run_folder / "cell.json";
  if (!is_going_on(run_folder))
    throw MachineError{fmt::format("{} is not a run that is going on{}", run_folder.native(),
                                   fs::exists(file) ? ": its cell is dead" : "")};
  const Door door = open_door(Json::parse(read_file(file)), node);
  if (command.empty()) {
    const char* shell = std::getenv("SHELL");
    command = {shell != nullptr && *shell != '\0' ? shell : "/bin/sh"};
  }
  go_through(door);
  const pid_t child = check(::fork(), "start {}", command.front());
  if (child == 0) become(command);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace wandrill
