// SPDX-License-Identifier: Apache-2.0
#include "tunnel/keys.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {

TEST_CASE("Every run has WireGuard keys of its own", "[keys]") {
  const auto a = WireguardKey::generate();
  const auto b = WireguardKey::generate();
  CHECK(a.secret != a.open);
  CHECK(a.open != WireguardKeyBytes{});
  CHECK(a.secret != b.secret);
}

TEST_CASE("A TLS identity is a certificate, its key and its fingerprint", "[keys]") {
  const auto identity = TlsIdentity::generate("client");
  CHECK(identity.certificate.starts_with("-----BEGIN CERTIFICATE-----"));
  CHECK(identity.key.starts_with("-----BEGIN PRIVATE KEY-----"));
  CHECK(identity.fingerprint.size() == 32 * 3 - 1);
  CHECK(identity.fingerprint != TlsIdentity::generate("client").fingerprint);
}

}  // namespace wandrill
