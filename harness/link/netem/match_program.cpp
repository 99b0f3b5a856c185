// SPDX-License-Identifier: Apache-2.0
#include "link/netem/match_program.hpp"

#include <cassert>

#include <linux/if_ether.h>
#include <netinet/in.h>

namespace wandrill {
namespace {

constexpr std::uint32_t kMatch = 0xffffffff;
constexpr std::uint32_t kIpv4Header = 20;
constexpr std::uint32_t kIpv6Header = 40;
constexpr int kMostTags = 2;
constexpr int kMostExtensions = 4;
/// Cell of the scratch memory with IPv6's next header.
constexpr std::uint32_t kNextHeader = 0;

/// Writes a program. X holds the offset of the header that is looked at; a load beyond the frame
/// ends the program with 0.
class Assembler {
 public:
  using Label = std::size_t;

  void op(int code, std::uint32_t k = 0) {
    program_.push_back(BPF_STMT(static_cast<std::uint16_t>(code), k));
  }
  void load_byte(std::uint32_t offset) { op(BPF_LD | BPF_B | BPF_IND, offset); }
  void load_half(std::uint32_t offset) { op(BPF_LD | BPF_H | BPF_IND, offset); }
  void add(std::uint32_t k) { op(BPF_ALU | BPF_ADD | BPF_K, k); }
  void mask(std::uint32_t k) { op(BPF_ALU | BPF_AND | BPF_K, k); }
  void shift_right(std::uint32_t bits) { op(BPF_ALU | BPF_RSH | BPF_K, bits); }
  void shift_left(std::uint32_t bits) { op(BPF_ALU | BPF_LSH | BPF_K, bits); }
  void add_x() { op(BPF_ALU | BPF_ADD | BPF_X); }
  void move_to_x() { op(BPF_MISC | BPF_TAX); }
  void returns(std::uint32_t value) { op(BPF_RET | BPF_K, value); }

  /// Ends the program with 0 unless A compares with `k` as asked: BPF_JEQ, BPF_JGE, BPF_JGT.
  void require(int compare, std::uint32_t k) {
    program_.push_back(jump(compare, k, 1, 0));
    returns(0);
  }
  void refuse(int compare, std::uint32_t k) {
    program_.push_back(jump(compare, k, 0, 1));
    returns(0);
  }
  Label make_label() {
    targets_.push_back(0);
    return targets_.size() - 1;
  }
  void place(Label label) { targets_[label] = program_.size(); }
  void go_to(Label label) {
    jumps_.push_back({program_.size(), label});
    op(BPF_JMP | BPF_JA);
  }
  /// Over a jump of its own, which reaches any distance.
  void go_to_if(int compare, std::uint32_t k, Label label) {
    program_.push_back(jump(compare, k, 0, 1));
    go_to(label);
  }
  std::vector<sock_filter> finish() {
    for (const auto& [at, label] : jumps_) {
      assert(targets_[label] > at);
      program_[at].k = static_cast<std::uint32_t>(targets_[label] - at - 1);
    }
    assert(program_.size() <= BPF_MAXINSNS);
    return std::move(program_);
  }

 private:
  static sock_filter jump(int compare, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
    return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | compare | BPF_K), k, yes, no);
  }
  struct Jump {
    std::size_t at;
    Label label;
  };
  std::vector<sock_filter> program_;
  std::vector<std::size_t> targets_;
  std::vector<Jump> jumps_;
};

void check_size(Assembler& code, const TrafficFilter& filter) {
  if (filter.min_size.value > 0)
    code.require(BPF_JGE, static_cast<std::uint32_t>(filter.min_size.value));
  if (filter.max_size.value > 0)
    code.refuse(BPF_JGT, static_cast<std::uint32_t>(filter.max_size.value));
}

void check_port(Assembler& code, std::uint32_t offset, const PortRange& range) {
  if (range.any()) return;
  code.load_half(offset);
  code.require(BPF_JGE, range.first);
  code.refuse(BPF_JGT, range.last);
}

/// X: where the ports are. Ends the program.
void check_ports(Assembler& code, const TrafficFilter& filter) {
  code.op(BPF_LD | BPF_W | BPF_IND, 0);  // both must be there
  check_port(code, 0, filter.source_port);
  check_port(code, 2, filter.destination_port);
  if (!filter.port.any()) {
    const auto found = code.make_label();
    const auto second = code.make_label();
    code.load_half(0);
    code.go_to_if(BPF_JGT, filter.port.last, second);
    code.go_to_if(BPF_JGE, filter.port.first, found);
    code.place(second);
    check_port(code, 2, filter.port);
    code.place(found);
  }
  code.returns(kMatch);
}

/// X: where the IP header is. Ends the program.
void check_ipv4(Assembler& code, const TrafficFilter& filter) {
  code.load_byte(kIpv4Header - 1);  // all of it must be there
  code.load_byte(0);
  code.shift_right(4);
  code.require(BPF_JEQ, 4);
  if (filter.dscp >= 0) {
    code.load_byte(1);
    code.shift_right(2);
    code.require(BPF_JEQ, static_cast<std::uint32_t>(filter.dscp));
  }
  code.load_half(2);
  check_size(code, filter);
  if (const auto protocol = filter.protocol_in(Family::kIpv4)) {
    code.load_byte(9);
    code.require(BPF_JEQ, *protocol);
  }
  if (!filter.has_ports()) return code.returns(kMatch);
  code.load_half(6);
  code.mask(0x1fff);
  code.require(BPF_JEQ, 0);
  code.load_byte(0);
  code.mask(0xf);
  code.shift_left(2);
  code.require(BPF_JGE, kIpv4Header);
  code.add_x();
  code.move_to_x();
  check_ports(code, filter);
}

/// Passes over one extension header at X, whose kind is in kNextHeader; goes to `upper` if it is
/// none. A later fragment ends the program.
void pass_extension(Assembler& code, const TrafficFilter& filter, Assembler::Label upper) {
  const auto options = code.make_label();
  const auto fragment = code.make_label();
  const auto done = code.make_label();
  code.op(BPF_LD | BPF_MEM, kNextHeader);
  code.go_to_if(BPF_JEQ, IPPROTO_FRAGMENT, fragment);
  for (const std::uint32_t kind : {IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_DSTOPTS})
    code.go_to_if(BPF_JEQ, kind, options);
  code.go_to(upper);
  code.place(fragment);
  const auto first = code.make_label();
  code.load_half(2);
  code.mask(0xfff8);
  code.go_to_if(BPF_JEQ, 0, first);
  code.load_byte(0);
  code.require(BPF_JEQ, *filter.protocol_in(Family::kIpv6));
  code.returns(filter.has_ports() ? 0 : kMatch);
  code.place(first);
  code.load_byte(0);
  code.op(BPF_ST, kNextHeader);
  code.op(BPF_LD | BPF_IMM, 8);
  code.add_x();
  code.move_to_x();
  code.go_to(done);
  code.place(options);
  code.load_half(2);  // four bytes of it must be there, as of a fragment header
  code.load_byte(0);
  code.op(BPF_ST, kNextHeader);
  code.load_byte(1);
  code.shift_left(3);
  code.add(8);
  code.add_x();
  code.move_to_x();
  code.place(done);
}

/// X: where the IP header is. Ends the program.
void check_ipv6(Assembler& code, const TrafficFilter& filter) {
  code.load_byte(kIpv6Header - 1);
  code.load_byte(0);
  code.shift_right(4);
  code.require(BPF_JEQ, 6);
  if (filter.dscp >= 0) {
    code.load_half(0);
    code.shift_right(6);
    code.mask(0x3f);
    code.require(BPF_JEQ, static_cast<std::uint32_t>(filter.dscp));
  }
  code.load_half(4);
  code.add(kIpv6Header);
  check_size(code, filter);
  const auto protocol = filter.protocol_in(Family::kIpv6);
  if (!protocol) return code.returns(kMatch);
  code.load_byte(6);
  code.op(BPF_ST, kNextHeader);
  code.op(BPF_LD | BPF_IMM, kIpv6Header);
  code.add_x();
  code.move_to_x();
  const auto upper = code.make_label();
  for (int passed = 0; passed < kMostExtensions; ++passed)
    pass_extension(code, filter, upper);
  code.place(upper);
  code.op(BPF_LD | BPF_MEM, kNextHeader);
  code.require(BPF_JEQ, *protocol);
  if (!filter.has_ports()) return code.returns(kMatch);
  check_ports(code, filter);
}

}  // namespace

std::vector<sock_filter> match_program(const TrafficFilter& filter) {
  Assembler code;
  const auto typed = code.make_label();
  const auto ipv6 = code.make_label();
  std::uint32_t packet = ETH_HLEN;
  for (int tags = 0; tags <= kMostTags; ++tags, packet += 4) {
    code.op(BPF_LDX | BPF_IMM, packet);
    code.op(BPF_LD | BPF_H | BPF_ABS, packet - 2);
    if (tags == kMostTags) break;
    const auto tagged = code.make_label();
    code.go_to_if(BPF_JEQ, ETH_P_8021Q, tagged);
    code.go_to_if(BPF_JEQ, ETH_P_8021AD, tagged);
    code.go_to(typed);
    code.place(tagged);
  }
  code.place(typed);
  code.go_to_if(BPF_JEQ, ETH_P_IPV6, ipv6);
  code.require(BPF_JEQ, ETH_P_IP);
  if (filter.takes(Family::kIpv4))
    check_ipv4(code, filter);
  else
    code.returns(0);
  code.place(ipv6);
  if (filter.takes(Family::kIpv6))
    check_ipv6(code, filter);
  else
    code.returns(0);
  return code.finish();
}

}  // namespace wandrill
