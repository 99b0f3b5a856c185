// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/signalling_listener.hpp"

#include "protocol/sip_message.hpp"
#include "record/recorder.hpp"

namespace wandrill {

WanListener::Filter SignallingListener::filter() const {
  return {.end = {session_.server.address, session_.of<SipPlan>()->pbx_port},
          .protocol = session_.of<SipPlan>()->over_tcp ? kProtocolTcp : kProtocolUdp};
}

bool SignallingListener::take(const WanPassing& passing, const IpPacket& packet) {
  const auto start =
      sip_start({reinterpret_cast<const char*>(packet.payload.data()), packet.payload.size()});
  // Over TCP also what carries no message: acknowledgements, keepalives, the rest of a long one.
  if (session_.of<SipPlan>()->over_tcp && start.empty()) return true;
  const bool is_response = !start.empty() && start.front() >= '0' && start.front() <= '9';
  context_.flows.recorder().add(SipEvent{
      .at = context_.flows.origin().at(passing.stamp),
      .session = session_.name,
      .end = std::string{passing.wan_name},
      .sent = passing.direction == Direction::kUp,
      .method = is_response ? "" : std::string{start},
      .status = is_response ? static_cast<std::uint32_t>(std::stoi(std::string{start})) : 0});
  return true;
}

}  // namespace wandrill
