// SPDX-License-Identifier: Apache-2.0
#include "refrouter/testing/live_router.hpp"

#include <array>
#include <csignal>
#include <stdexcept>

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "net/route.hpp"

namespace wandrill::testing {
namespace {

using namespace std::chrono_literals;

constexpr Nanos kPatience = 20s;

}  // namespace

void EchoServers::add(const NetNs& ns, const char* address, std::uint16_t port) {
  const SocketAddress local{IpAddress::parse(address).value(), port};
  UniqueFd socket{ns.run([&] {
    return check(::socket(local.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                 "open an echo server");
  })};
  check(::bind(socket.get(), local.get(), local.length), "bind an echo server to {}", address);
  sockets_.push_back(std::move(socket));
}

void EchoServers::serve_a_moment() {
  std::vector<pollfd> polled;
  for (const auto& socket : sockets_)
    polled.push_back({.fd = socket.get(), .events = POLLIN, .revents = 0});
  ::poll(polled.data(), polled.size(), 5);
  for (const auto& socket : sockets_) {
    std::array<char, 256> buffer{};
    SocketAddress peer;
    peer.length = sizeof peer.storage;
    for (;;) {
      const auto size =
          ::recvfrom(socket.get(), buffer.data(), buffer.size(), 0, peer.get(), &peer.length);
      if (size < 0) break;
      ::sendto(socket.get(), buffer.data(), static_cast<std::size_t>(size), 0, peer.get(),
               peer.length);
    }
  }
}

Json lab_settings() {
  return Json::parse(R"({
    "wans": [
      {"name": "wan_a", "interface": "wan_a", "gateways": ["100.64.1.1", "2001:db8:a::1"],
       "addresses": ["100.64.1.2", "2001:db8:a::2"]},
      {"name": "wan_b", "interface": "wan_b", "gateways": ["100.64.2.1", "2001:db8:b::1"],
       "addresses": ["100.64.2.2", "2001:db8:b::2"]}],
    "targets": ["203.0.113.10"], "interval": "50ms", "timeout": "150ms",
    "down_count": 3, "up_count": 3, "hold_down": "500ms"})");
}

LiveRouter::LiveRouter(MiniLab& lab, EchoServers& echo, const Json& settings)
    : lab_{lab},
      echo_{echo},
      child_{(write_config(settings),
              Child{lab.router.ns,
                    {.command = {WANDRILL_REFROUTER, folder_.path() / "router.json"}}})} {}

LiveRouter::~LiveRouter() {
  child_.terminate(1s);
}

void LiveRouter::write_config(const Json& settings) const {
  auto config = lab_settings();
  config["control"] = (folder_.path() / "router.sock").native();
  config.update(settings);
  write_raw_config(config.dump());
}

void LiveRouter::write_raw_config(const std::string& text) const {
  write_file(folder_.path() / "router.json", text);
}

void LiveRouter::read_output() {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto size = ::read(child_.output_fd(), buffer.data(), buffer.size());
    if (size <= 0) return;
    output_.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

bool LiveRouter::take_line(const std::string& event, const std::string& wan, Json& line) {
  read_output();
  for (auto end = output_.find('\n', taken_); end != std::string::npos;
       end = output_.find('\n', taken_)) {
    line = Json::parse(output_.substr(taken_, end - taken_), nullptr, false);
    taken_ = end + 1;
    if (line.is_object() && line.value("event", "") == event &&
        (wan.empty() || line.value("wan", "") == wan))
      return true;
  }
  return false;
}

Json LiveRouter::wait_for(const std::string& event, const std::string& wan) {
  const auto deadline = Clock::now() + kPatience;
  for (Json line; Clock::now() < deadline; echo_.serve_a_moment())
    if (take_line(event, wan, line)) return line;
  throw std::runtime_error{"no " + event + " " + wan + " in the router's log:\n" + output_};
}

bool LiveRouter::comes_within(const std::string& event, Nanos time) {
  read_output();
  taken_ = output_.size();
  const auto deadline = Clock::now() + time;
  for (Json line; Clock::now() < deadline; echo_.serve_a_moment())
    if (take_line(event, "", line)) return true;
  return false;
}

int LiveRouter::wait_for_end() {
  const auto deadline = Clock::now() + kPatience;
  while (!child_.poll_status() && Clock::now() < deadline)
    echo_.serve_a_moment();
  read_output();
  const auto status = child_.poll_status();
  if (!status) throw std::runtime_error{"the router does not end:\n" + output_};
  return WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
}

std::pair<int, std::string> LiveRouter::command(const std::string& word) {
  Child tool{lab_.router.ns,
             {.command = {WANDRILL_REFROUTERCTL, folder_.path() / "router.sock", word}}};
  const auto deadline = Clock::now() + kPatience;
  while (!tool.poll_status() && Clock::now() < deadline)
    echo_.serve_a_moment();
  std::string text(4096, '\0');
  const auto size = ::read(tool.output_fd(), text.data(), text.size());
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  const int status = tool.kill();
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text};
}

std::string default_interface(MiniLab::Node& node, Family family, std::uint32_t table) {
  std::string found;
  for (const auto& route : dump_routes(node.netlink, family))
    if (route.destination.length == 0 && route.table == table)
      found += (found.empty() ? "" : "+") + route.interface;
  return found;
}

}  // namespace wandrill::testing
