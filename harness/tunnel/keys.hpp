// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/wireguard.hpp"

namespace wandrill {

/// A key pair of WireGuard's: Curve25519 (RFC 7748).
struct WireguardKey {
  WireguardKeyBytes secret{};
  WireguardKeyBytes open{};

  /// A new one. Throws MachineError when the library cannot.
  static WireguardKey generate();
};

/// A self-signed certificate and its key (EC, prime256v1), PEM, and what its peer knows it by.
struct TlsIdentity {
  std::string certificate;
  std::string key;
  std::string fingerprint;  ///< SHA-256, "AB:CD:…"

  /// A new one, for that name. Throws MachineError when the library cannot.
  static TlsIdentity generate(const std::string& name);
};

}  // namespace wandrill
