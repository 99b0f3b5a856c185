// SPDX-License-Identifier: Apache-2.0
#include "net/tcx.hpp"

#include <cerrno>
#include <cstring>

#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

/// Of enum bpf_attach_type; the headers of Linux 6.1 have them not yet.
constexpr std::uint32_t kTcxIngress = 46;
constexpr std::uint32_t kTcxEgress = 47;

constexpr const char* kNeeded =
    "splicing into a finished link takes tcx, which Linux has since 6.6 (CONFIG_NET_XGRESS); this "
    "kernel refuses it";

/// All of it: the kernel refuses what it does not know and is not zero.
bpf_attr zeros() {
  bpf_attr attributes;
  std::memset(&attributes, 0, sizeof attributes);
  return attributes;
}

int bpf(bpf_cmd command, bpf_attr& attributes) {
  return static_cast<int>(::syscall(SYS_bpf, command, &attributes, sizeof attributes));
}

std::uint64_t address_of(const void* data) {
  return reinterpret_cast<std::uint64_t>(data);
}

UniqueFd load(std::span<const bpf_insn> code) {
  auto attributes = zeros();
  attributes.prog_type = BPF_PROG_TYPE_SCHED_CLS;
  attributes.insns = address_of(code.data());
  attributes.insn_cnt = static_cast<std::uint32_t>(code.size());
  attributes.license = address_of("Apache-2.0");
  std::strcpy(attributes.prog_name, "wandrill");
  return UniqueFd{check(bpf(BPF_PROG_LOAD, attributes),
                        "load a program for tcx (as root, and in a container with CAP_BPF)")};
}

}  // namespace

TcxProgram::TcxProgram(const NetNs& ns, int interface_index, TcxPoint point,
                       std::span<const bpf_insn> code) {
  const auto program = load(code);
  auto attributes = zeros();
  attributes.link_create.prog_fd = static_cast<std::uint32_t>(program.get());
  attributes.link_create.target_ifindex = static_cast<std::uint32_t>(interface_index);
  attributes.link_create.attach_type = point == TcxPoint::kIngress ? kTcxIngress : kTcxEgress;
  int error = 0;
  const int made = ns.run([&] {
    const int link = bpf(BPF_LINK_CREATE, attributes);
    error = errno;  // the way back may change it
    return link;
  });
  errno = error;
  if (made < 0 && (error == EINVAL || error == EOPNOTSUPP)) throw MachineError{kNeeded};
  link_ = UniqueFd{check(made, "splice into interface {}", interface_index)};
}

}  // namespace wandrill
