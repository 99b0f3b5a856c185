// SPDX-License-Identifier: Apache-2.0
#include "tunnel/keys.hpp"

#include <array>
#include <memory>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr long kValidSeconds = 7L * 24 * 3600;
/// A guest's clock may be behind.
constexpr long kValidBefore = -24L * 3600;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Memory = std::unique_ptr<BIO, Free>;

void check_done(bool done, const char* attempt) {
  if (!done) throw MachineError{fmt::format("OpenSSL could not {}", attempt)};
}

std::string with_colons(std::span<const unsigned char> bytes) {
  return fmt::format("{:02x}", fmt::join(bytes, ":"));
}

std::string text_of(BIO& memory) {
  char* data = nullptr;
  const auto length = BIO_get_mem_data(&memory, &data);
  return {data, static_cast<std::size_t>(length)};
}

Certificate self_signed(EVP_PKEY& key, const std::string& name) {
  Certificate certificate{X509_new()};
  check_done(certificate != nullptr, "make a certificate");
  auto* made = certificate.get();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), kValidBefore);
  X509_gmtime_adj(X509_getm_notAfter(made), kValidSeconds);
  X509_set_pubkey(made, &key);
  auto* subject = X509_get_subject_name(made);
  const auto* common_name = reinterpret_cast<const unsigned char*>(name.c_str());
  check_done(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1 &&
                 X509_set_issuer_name(made, subject) == 1 &&
                 X509_sign(made, &key, EVP_sha256()) != 0,
             "sign a certificate");
  return certificate;
}

}  // namespace

WireguardKey WireguardKey::generate() {
  const Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519")};
  check_done(key != nullptr, "make an X25519 key");
  WireguardKey pair;
  auto length = pair.secret.size();
  check_done(EVP_PKEY_get_raw_private_key(key.get(), pair.secret.data(), &length) == 1 &&
                 EVP_PKEY_get_raw_public_key(key.get(), pair.open.data(), &length) == 1,
             "read an X25519 key");
  return pair;
}

TlsIdentity TlsIdentity::generate(const std::string& name) {
  const Key key{EVP_EC_gen("prime256v1")};
  check_done(key != nullptr, "make an EC key");
  const auto certificate = self_signed(*key, name);
  const Memory written{BIO_new(BIO_s_mem())};
  const Memory written_key{BIO_new(BIO_s_mem())};
  check_done(PEM_write_bio_X509(written.get(), certificate.get()) == 1 &&
                 PEM_write_bio_PrivateKey(written_key.get(), key.get(), nullptr, nullptr, 0,
                                          nullptr, nullptr) == 1,
             "write a certificate");
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  check_done(X509_digest(certificate.get(), EVP_sha256(), digest.data(), &length) == 1,
             "take a certificate's fingerprint");
  return {text_of(*written), text_of(*written_key), with_colons(std::span{digest}.first(length))};
}

}  // namespace wandrill
