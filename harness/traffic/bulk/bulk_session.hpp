// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "traffic/bulk/bulk_stream.hpp"
#include "traffic/context.hpp"
#include "traffic/session.hpp"
#include "traffic/tcp/tcp_sample.hpp"

namespace wandrill {

/// A transfer over TCP, as a backup or a camera makes it: as fast as the path allows, or as fast as
/// it has something to give. A connection that ended, or that nothing came of for 5 s, is replaced.
class BulkSession final : public Session, private Timed {
 public:
  /// Throws std::system_error (address, port).
  BulkSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find);
  ~BulkSession() override;

  void start(Clock::time_point at) override;
  void stop() override;

 private:
  class End;
  class Listener;

  void due(Clock::time_point scheduled) override;
  void connect();
  void connected();
  void accepted(UniqueFd socket);
  void lose(int reason, const std::string& state);
  void give(Clock::time_point now);
  /// What the sender of a direction may write now.
  [[nodiscard]] std::uint64_t allowance(Direction direction) const;
  void write(End& end);
  void tell(const std::string& state, const std::string& detail) const;
  void record_volumes(Clock::time_point now);

  const TrafficContext& context_;
  const SessionPlan& plan_;
  const NetNs& client_ns_;
  std::uint16_t next_port_;
  Volume up_;
  Volume down_;
  std::uint64_t up_credit_ = 0;  ///< Bytes that the source has ready.
  std::uint64_t down_credit_ = 0;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<End> client_;
  std::unique_ptr<End> server_;
  Alarm retry_;
  TcpSampler sampler_;
  bool running_ = false;
  bool is_connected_ = false;
  Clock::time_point credited_;
  Clock::time_point recorded_;
  Clock::time_point progressed_;
  std::uint64_t last_progress_ = 0;
};

}  // namespace wandrill
