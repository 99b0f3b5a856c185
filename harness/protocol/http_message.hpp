// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/dns_tag.hpp"

namespace wandrill {

/// A request for a path that is no other's (HTTP/1.1, RFC 9112). `keep`: the connection stays for
/// further ones.
std::string http_request(std::string_view host, const DnsTag& tag, bool keep);
/// The answer to it: 200 with that many bytes, all alike.
std::string http_answer(const DnsTag& tag, std::size_t body_bytes, bool keep);
/// The answer to what is no request.
std::string http_refusal();

/// Takes the bytes of a connection, in pieces of any size, and gives the requests in them.
class HttpRequestReader {
 public:
  HttpRequestReader();
  HttpRequestReader(const HttpRequestReader&) = delete;
  HttpRequestReader& operator=(const HttpRequestReader&) = delete;
  ~HttpRequestReader();

  struct Request {
    std::optional<DnsTag> tag;  ///< Nothing if its path is none of ours.
    bool keep = false;
  };
  void feed(std::string_view bytes);
  /// The next whole request; nothing if there is none yet, or never will be.
  std::optional<Request> next();
  /// What came is no HTTP/1.1, or too long: nothing behind it is read.
  [[nodiscard]] bool is_broken() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same for the answers to requests, of which one at a time is under way.
class HttpAnswerReader {
 public:
  /// A body of more than `most_body` bytes is wrong.
  explicit HttpAnswerReader(std::size_t most_body);
  HttpAnswerReader(const HttpAnswerReader&) = delete;
  HttpAnswerReader& operator=(const HttpAnswerReader&) = delete;
  ~HttpAnswerReader();

  struct Answer {
    bool keep = false;
    /// Why it is not the one that was asked for: "status 503", "an answer to another request";
    /// empty: it is.
    std::string mistake;
  };
  /// The answer must be to this request, with a body of this size. Forgets what came before.
  void expect(const DnsTag& tag, std::size_t body_bytes);
  void feed(std::string_view bytes);
  /// The answer, once it is whole or known to be wrong.
  std::optional<Answer> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wandrill
