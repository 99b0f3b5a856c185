// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "net/netlink.hpp"
#include "net/netns.hpp"
#include "net/tcx.hpp"

namespace wandrill {

/// A slot in a link that somebody else has made and that carries traffic: all frames that arrive at
/// one of its ends, or leave by it, go through the slot first, while it is engaged.
///
/// Beside that end stand two veth pairs whose other ends are the slot's ports, and programs at all
/// three interfaces lead the frames (lab/splice_programs.hpp). The end itself keeps its place, its
/// addresses and its settings. When the process that has this ends, in whatever way, the kernel
/// takes the programs away first and the pairs with the slot's namespace.
class Splice {
 public:
  /// `interface`: the link's end in the namespace `at`, which must outlive this; what comes out of
  /// the slot toward it comes from Slot::kIspSide. Throws MachineError, also when another drill has
  /// a splice there; std::system_error when the kernel refuses something.
  Splice(const NetNs& slot, Netlink& in_slot, const NetNs& at, const std::string& interface);
  Splice(Splice&&) noexcept = default;
  Splice& operator=(Splice&&) = delete;
  Splice(const Splice&) = delete;
  Splice& operator=(const Splice&) = delete;
  ~Splice();

  /// Leads the link's frames through the slot, which must pass them on from now on. Throws as the
  /// constructor does.
  void engage();
  /// Lets them go their old way again.
  void disengage() noexcept;

  /// Beside the link's end: here frames come out of the slot that go toward it, and what is sent
  /// here goes into the slot.
  [[nodiscard]] const std::string& port() const noexcept { return ports_.back(); }

 private:
  void make_port(const NetNs& slot, Netlink& in_slot, const NetNs& at, const std::string& side,
                 const std::string& name);
  void remove() noexcept;

  Netlink netlink_;
  const NetNs* at_;
  int end_;  ///< The link's, as all that are numbers of interfaces.
  int router_port_ = 0;
  int isp_port_ = 0;
  std::vector<std::string> ports_;
  std::vector<TcxProgram> handing_back_;  ///< Gone before the ports are.
  std::vector<TcxProgram> diverting_;
};

}  // namespace wandrill
