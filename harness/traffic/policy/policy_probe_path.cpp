// SPDX-License-Identifier: Apache-2.0
#include "traffic/policy/policy_probe_path.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/big_endian.hpp"
#include "protocol/ip_packet.hpp"
#include "protocol/tcp_syn.hpp"
#include "protocol/udp_datagram.hpp"
#include "traffic/policy/raw_port.hpp"
#include "traffic/session_payload.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {
namespace {

std::string endpoint_text(const IpAddress& address, std::uint16_t port) {
  return address.family() == Family::kIpv4 ? fmt::format("{}:{}", to_string(address), port)
                                           : fmt::format("[{}]:{}", to_string(address), port);
}

std::string way_text(const SocketAddress& source, const EndpointPlan& server) {
  return fmt::format("{} > {}", endpoint_text(source.address(), source.port()),
                     endpoint_text(server.address, server.port));
}

/// Another one each time, so that each packet is a connection of its own to the router: not one of
/// another WAN that it remembers still. By then it has forgotten the last one with the same port,
/// 200 s at the usual interval. None is a port that hosts choose for themselves.
std::uint16_t source_port(const SessionPlan& plan, std::uint64_t sequence) {
  constexpr std::uint64_t kFirst = 2'000;
  constexpr std::uint64_t kCount = 8'000;
  constexpr std::uint64_t kOfSession = 1'000;
  return static_cast<std::uint16_t>(
      kFirst + (session_number_of(plan.up) * kOfSession + sequence % kOfSession) % kCount);
}

/// Ours are told by our header.
class Datagrams : public PolicyProbePath {
 public:
  Datagrams(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : context_{context},
        plan_{plan},
        client_{find(plan.client.node),
                plan.client.address,
                {.protocol = kProtocolUdp, .dscp = plan.dscp}},
        datagram_(kUdpHeaderBytes +
                  std::max<std::size_t>(plan.payload_bytes, least_payload(plan.kind))) {}

  int send(std::uint64_t sequence) override {
    encode_payload(plan_.kind, {plan_.up, sequence, context_.nonce},
                   std::span{datagram_}.subspan(kUdpHeaderBytes));
    write_udp_header({source_port(plan_, sequence), plan_.server.port}, plan_.client.address,
                     plan_.server.address, datagram_);
    return client_.send(datagram_, plan_.server.address);
  }

 protected:
  void take(std::span<const std::uint8_t> payload, const SocketAddress& source,
            const timespec& stamp, const std::function<void(const Arrival&)>& each) const {
    const auto header = decode_payload(plan_.kind, payload);
    if (!header || header->nonce != context_.nonce || header->flow != plan_.up) return;
    each({.sequence = header->sequence,
          .stamp = stamp,
          .packet =
              fmt::format("UDP {}, {} bytes", way_text(source, plan_.server), payload.size())});
  }

 private:
  const TrafficContext& context_;
  const SessionPlan& plan_;
  RawPort client_;
  std::vector<std::uint8_t> datagram_;
};

/// The server listens and never answers.
class OwnPort final : public Datagrams {
 public:
  OwnPort(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : Datagrams{context, plan, find},
        server_{find(plan.server.node), plan.server.address, plan.server.port, plan.dscp} {}

  std::uint32_t receive(const std::function<void(const Arrival&)>& each) override {
    return server_.receive([&](const UdpPort::Datagram& datagram) {
      take(datagram.payload, datagram.source, datagram.stamp, each);
    });
  }
  [[nodiscard]] int fd() const override { return server_.fd(); }

 private:
  UdpPort server_;
};

/// Others may ask for the port as well, and a program may listen there.
class SharedPort final : public Datagrams {
 public:
  SharedPort(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : Datagrams{context, plan, find},
        server_{find(plan.server.node),
                plan.server.address,
                {.protocol = kProtocolUdp, .port = plan.server.port}} {}

  std::uint32_t receive(const std::function<void(const Arrival&)>& each) override {
    return server_.receive([&](const RawPort::Packet& packet) {
      if (packet.bytes.size() < kUdpHeaderBytes) return;
      const auto port = load_big_endian<std::uint16_t>(packet.bytes, 0);
      take(packet.bytes.subspan(kUdpHeaderBytes), {packet.source, port}, packet.stamp, each);
    });
  }
  [[nodiscard]] int fd() const override { return server_.fd(); }

 private:
  RawPort server_;
};

/// Nothing but a SYN: ours are told by their initial sequence numbers, which hold the session and
/// the lower bits of the packet's number.
class Syns final : public PolicyProbePath {
 public:
  Syns(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : plan_{plan},
        disguise_{static_cast<std::uint32_t>(context.nonce)},
        client_{find(plan.client.node),
                plan.client.address,
                {.protocol = kProtocolTcp, .dscp = plan.dscp}},
        server_{find(plan.server.node),
                plan.server.address,
                {.protocol = kProtocolTcp, .port = plan.server.port}} {}

  int send(std::uint64_t sequence) override {
    next_ = sequence + 1;
    const TcpSyn syn{.source_port = source_port(plan_, sequence),
                     .destination_port = plan_.server.port,
                     .sequence = (session() | low_bits(sequence)) ^ disguise_};
    return client_.send(write_syn(syn, plan_.client.address, plan_.server.address),
                        plan_.server.address);
  }

  std::uint32_t receive(const std::function<void(const Arrival&)>& each) override {
    return server_.receive([&](const RawPort::Packet& packet) {
      const auto syn = read_syn(packet.bytes);
      if (!syn) return;
      const auto code = syn->sequence ^ disguise_;
      if ((code & ~kLowBits) != session()) return;
      // Of all numbers with these lower bits the latest that was sent.
      const auto behind = low_bits(next_ - 1 - code);
      if (behind >= next_) return;
      each({.sequence = next_ - 1 - behind,
            .stamp = packet.stamp,
            .packet = fmt::format("TCP SYN {}",
                                  way_text({packet.source, syn->source_port}, plan_.server))});
    });
  }
  [[nodiscard]] int fd() const override { return server_.fd(); }

 private:
  static constexpr std::uint32_t kLowBits = (1U << 18) - 1;  // The rest holds 2^14 sessions.
  static std::uint32_t low_bits(std::uint64_t number) {
    return static_cast<std::uint32_t>(number) & kLowBits;
  }
  [[nodiscard]] std::uint32_t session() const {
    return static_cast<std::uint32_t>(session_number_of(plan_.up)) << 18;
  }

  const SessionPlan& plan_;
  std::uint32_t disguise_;
  RawPort client_;
  RawPort server_;
  std::uint64_t next_ = 0;
};

}  // namespace

std::unique_ptr<PolicyProbePath> make_policy_probe_path(const TrafficContext& context,
                                                        const SessionPlan& plan,
                                                        const FindNetNs& find) {
  const auto attempt =
      plan.of<PolicyProbePlan>() == nullptr ? PolicyProbePlan{} : *plan.of<PolicyProbePlan>();
  if (attempt.over_tcp) return std::make_unique<Syns>(context, plan, find);
  if (attempt.port) return std::make_unique<SharedPort>(context, plan, find);
  return std::make_unique<OwnPort>(context, plan, find);
}

}  // namespace wandrill
