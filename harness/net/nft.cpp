// SPDX-License-Identifier: Apache-2.0
#include "net/nft.hpp"

#include <memory>

#include <nftables/libnftables.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

struct FreeContext {
  void operator()(nft_ctx* context) const noexcept { nft_ctx_free(context); }
};

/// Runs the commands; returns what nft printed.
std::string run(const NetNs& ns, const std::string& commands) {
  return ns.run([&] {
    const std::unique_ptr<nft_ctx, FreeContext> context{nft_ctx_new(NFT_CTX_DEFAULT)};
    if (!context) throw MachineError{"start libnftables: out of memory"};
    nft_ctx_buffer_output(context.get());
    nft_ctx_buffer_error(context.get());
    if (nft_run_cmd_from_buffer(context.get(), commands.c_str()) != 0)
      throw MachineError{std::string{"load nft rules: "} + nft_ctx_get_error_buffer(context.get())};
    return std::string{nft_ctx_get_output_buffer(context.get())};
  });
}

}  // namespace

void run_nft(const NetNs& ns, const std::string& commands) {
  (void)run(ns, commands);
}

std::string list_ruleset(const NetNs& ns) {
  return run(ns, "list ruleset");
}

}  // namespace wandrill
