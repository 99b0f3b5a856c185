// SPDX-License-Identifier: Apache-2.0
#include "sandbox/sandbox.hpp"

#include <fstream>

#include <poll.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"
#include "lab/cell.hpp"

using namespace wandrill;
namespace fs = std::filesystem;

namespace {

/// What a shell in the sandbox wrote, and how it ended; in a cell that may write in `writable`.
Json in_sandbox(const std::string& script, const std::vector<fs::path>& writable = {}) {
  constexpr int kShellPatienceMs = 20'000;
  Cell cell{{.writable = writable, .visible = {fs::current_path()}}, [&](Channel& channel) {
              const Sandbox sandbox;
              const NetNs ns = sandbox.create_netns();
              Child shell{ns, {.command = {"sh", "-c", script}, .confinement = &sandbox}};
              pollfd ended{shell.pid_fd(), POLLIN, 0};
              ::poll(&ended, 1, kShellPatienceMs);
              std::string text(64UL * 1024UL, '\0');
              const auto size = ::read(shell.output_fd(), text.data(), text.size());
              text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
              channel.send({{"status", shell.kill()}, {"text", text}});
              return 0;
            }};
  pollfd ready{cell.channel().fd(), POLLIN, 0};
  REQUIRE(::poll(&ready, 1, 2 * kShellPatienceMs) > 0);
  auto message = cell.channel().receive().message;
  cell.wait();
  INFO(message.dump());
  REQUIRE(message.contains("text"));
  return message;
}

std::string words_of(const std::string& script) {
  return in_sandbox(script).at("text").get<std::string>();
}

/// What of the host's /tmp is seen: of a checkout that stands below it, the way there.
std::string way_to_the_checkout() {
  const auto below = fs::current_path().lexically_relative("/tmp");
  return below.native().starts_with("..") ? "" : below.begin()->native() + "\n";
}

}  // namespace

TEST_CASE("What a program of the lab writes anywhere never reaches this machine", "[sandbox]") {
  const testing::ScratchFolder kept;
  std::ofstream{kept.path() / "here"} << "before";
  const std::string name = "wandrill-sandbox-test-" + std::to_string(::getpid());
  const auto message = in_sandbox(
      fmt::format(
          "for d in / /etc /usr/bin /var/tmp /root /home /tmp /run /dev /dev/shm {0} {1}; do "
          "echo x > $d/{2}; done; echo x > {0}/here; rm -f {0}/here /etc/hostname; echo ended",
          kept.path().native(), fs::current_path().native(), name),
      {kept.path()});
  CHECK(message.at("text").get<std::string>().find("ended") != std::string::npos);
  for (const auto& folder :
       {fs::path{"/"}, fs::path{"/etc"}, fs::path{"/usr/bin"}, fs::path{"/var/tmp"},
        fs::path{"/root"}, fs::path{"/home"}, fs::path{"/tmp"}, fs::path{"/run"}, fs::path{"/dev"},
        fs::path{"/dev/shm"}, kept.path(), fs::current_path()}) {
    std::error_code none;
    INFO(folder);
    CHECK_FALSE(fs::exists(folder / name, none));
  }
  CHECK(read_file(kept.path() / "here") == "before");
}

TEST_CASE("A program of the lab sees this machine's files, a small /dev and its own /tmp",
          "[sandbox]") {
  CHECK(words_of("cat /etc/os-release") == read_file("/etc/os-release"));
  CHECK(words_of("ls /dev | tr '\\n' ' '; cat /dev/null; head -c 2 /dev/zero | wc -c") ==
        "fd full net null ptmx pts random shm stderr stdin stdout tty urandom zero 2\n");
  CHECK(words_of("ls -A /tmp /run; echo x > /tmp/a && cat /tmp/a") ==
        "/run:\n\n/tmp:\n" + way_to_the_checkout() + "x\n");
}

TEST_CASE("Kernel settings are read-only but for those of network namespaces", "[sandbox]") {
  CHECK(words_of("echo 1 > /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/ip_forward") ==
        "1\n");
  const auto before = read_file("/proc/sys/vm/swappiness");
  const auto tried = words_of(
      "for f in /proc/sys/vm/swappiness /proc/sys/kernel/core_pattern /proc/sysrq-trigger "
      "/sys/kernel/mm/transparent_hugepage/enabled; do (echo 1 > $f) 2>/dev/null && echo wrote $f; "
      "done; mount -o remount,rw /proc/sys 2>/dev/null && echo remounted; umount /proc/sys "
      "2>/dev/null && echo unmounted; mount -o remount,bind,rw /sys 2>/dev/null && echo again; "
      "echo ended");
  CHECK(tried == "ended\n");
  CHECK(read_file("/proc/sys/vm/swappiness") == before);
}

TEST_CASE("A program of the lab can neither look into the cell nor make devices", "[sandbox]") {
  CHECK(words_of(
            "ls /proc/1/root 2>/dev/null; cat /proc/1/environ 2>/dev/null; readlink "
            "/proc/1/ns/mnt /proc/1/fd/*; (: < /proc/1/fd/3) 2>/dev/null && echo opened; for fd in "
            "/proc/1/fd/*; do (echo forged > $fd) 2>/dev/null && echo wrote $fd; done; mknod "
            "/tmp/disk b 7 0 2>/dev/null && echo made; echo "
            "ended") == "ended\n");
}

TEST_CASE("Within its namespaces a program of the lab is root", "[sandbox]") {
  CHECK(words_of(
            "id -u; ip link add name a type veth peer name b && ip link set dev a up && echo up; "
            "ip route add 192.0.2.0/24 dev lo && ip route show; hostname other && hostname; "
            "grep NoNewPrivs /proc/self/status") ==
        "0\nup\n192.0.2.0/24 dev lo scope link \nother\nNoNewPrivs:\t1\n");
}
