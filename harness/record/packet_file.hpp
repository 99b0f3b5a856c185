// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "record/packets.hpp"

namespace wandrill {

/// packets.bin, read block by block: an hour of a hundred calls is more than one would hold in
/// memory. A last block that was cut short or is damaged is left out; blocks of an unknown kind are
/// skipped. Whatever is damaged before the last block is a MachineError that names the file: rows
/// missing from the middle would look like losses.
class PacketFile {
 public:
  /// Reads the headers of all blocks. Throws MachineError for another format or version and for a
  /// damaged header, std::system_error when it cannot be read.
  explicit PacketFile(const std::filesystem::path& path);

  // Call `take` with each block of one kind, in the order of the file. Throw as above for a block
  // whose rows are damaged. Rows stay only until `take` returns.
  void visit_sent(const std::function<void(const SentColumns&)>& take) const;
  void visit_received(const std::function<void(const ReceivedColumns&)>& take) const;
  void visit_tapped(const std::function<void(const TappedColumns&)>& take) const;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// There is a block of packets that were sent, damaged or not.
  [[nodiscard]] bool has_sent() const;

 private:
  /// A block whose rows are in the file to their end.
  struct Block {
    std::uint32_t kind = 0;
    std::uint32_t rows = 0;
    std::uint32_t bytes = 0;
    std::uint64_t offset = 0;  ///< Of its columns.
    std::uint64_t checksum = 0;
  };

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  /// How much there was of what was asked for.
  std::size_t read_at(std::uint64_t offset, char* to, std::size_t size) const;
  void read_file_header() const;
  [[noreturn]] void refuse_damage(std::size_t block) const;
  /// False for a last block that is damaged.
  bool read_block(std::size_t block, std::string& payload) const;
  template <typename Columns>
  void visit(const std::function<void(const Columns&)>& take) const;

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<Block> blocks_;
  bool ends_with_block_ = true;  ///< Nothing, not even half of a block, follows the last one.
};

}  // namespace wandrill
