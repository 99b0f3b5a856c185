// SPDX-License-Identifier: Apache-2.0
#include "protocol/http_message.hpp"

#include <algorithm>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include "protocol/http_guard.hpp"

namespace wandrill {
namespace {

namespace http = boost::beast::http;

constexpr char kFill = 'w';
/// What waits to be read: a header is never longer, and bodies are read as they come.
constexpr std::size_t kMostPending = 64UL * 1024UL;

std::string_view connection_of(bool keep) {
  return keep ? "keep-alive" : "close";
}

/// The tag of a path or of an ETag, which has a character around it at one end or both.
std::optional<DnsTag> http_tag_of(std::string_view text, std::string_view before,
                                  std::string_view behind) {
  if (!text.starts_with(before) || !text.ends_with(behind) ||
      text.size() < before.size() + behind.size())
    return std::nullopt;
  text.remove_prefix(before.size());
  text.remove_suffix(behind.size());
  return parse_label(text);
}

/// Feeds what the guard lets through to the parser until it wants more, or is done. An error of the
/// grammar, or nothing.
template <typename Parser>
boost::system::error_code parse_http(Parser& parser, HttpGuard& guard) {
  while (!parser.is_done()) {
    const auto bytes = guard.readable();
    if (bytes.empty()) break;
    boost::system::error_code error;
    const auto used =
        parser.put(boost::beast::net::const_buffer{bytes.data(), bytes.size()}, error);
    guard.take(used);
    if (error && error != http::error::need_more) return error;
    if (used == 0) break;
  }
  // The guard and the library must agree on where the message ends.
  if (guard.is_over() && !parser.is_done() && !parser.need_eof())
    return http::error::partial_message;
  return {};
}

}  // namespace

std::string http_request(std::string_view host, const DnsTag& tag, bool keep) {
  return fmt::format(
      "GET /{} HTTP/1.1\r\nHost: {}\r\nUser-Agent: wandrill\r\nAccept: */*\r\nConnection: "
      "{}\r\n\r\n",
      to_label(tag), host, connection_of(keep));
}

std::string http_answer(const DnsTag& tag, std::size_t body_bytes, bool keep) {
  auto text = fmt::format(
      "HTTP/1.1 200 OK\r\nETag: \"{}\"\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n"
      "Cache-Control: no-store\r\nConnection: {}\r\n\r\n",
      to_label(tag), body_bytes, connection_of(keep));
  text.append(body_bytes, kFill);
  return text;
}

std::string http_refusal() {
  return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

struct HttpRequestReader::State {
  using Parser = http::request_parser<http::empty_body>;
  std::optional<Parser> parser{std::in_place};
  HttpGuard guard{HttpGuard::Kind::kRequest, 0};
  bool is_broken = false;
};

HttpRequestReader::HttpRequestReader() : state_{std::make_unique<State>()} {}
HttpRequestReader::~HttpRequestReader() = default;

void HttpRequestReader::feed(std::string_view bytes) {
  state_->guard.feed(bytes);
  if (state_->guard.pending() > kMostPending) state_->is_broken = true;
}

std::optional<HttpRequestReader::Request> HttpRequestReader::next() {
  auto& s = *state_;
  if (s.is_broken) return std::nullopt;
  s.parser->eager(true);
  if (parse_http(*s.parser, s.guard) || !s.guard.mistake().empty()) s.is_broken = true;
  if (s.is_broken || !s.parser->is_done()) return std::nullopt;
  const auto& head = s.parser->get();
  const Request request{.tag = http_tag_of({head.target().data(), head.target().size()}, "/", ""),
                        .keep = s.parser->keep_alive()};
  if (head.method() != http::verb::get) s.is_broken = true;
  s.parser.emplace();
  s.guard.begin();
  return s.is_broken ? std::nullopt : std::optional{request};
}

bool HttpRequestReader::is_broken() const {
  return state_->is_broken;
}

struct HttpAnswerReader::State {
  explicit State(std::size_t most) : most_body{most}, guard{HttpGuard::Kind::kAnswer, most} {}

  using Parser = http::response_parser<http::string_body>;
  std::size_t most_body;
  std::optional<Parser> parser;
  HttpGuard guard;
  DnsTag tag;
  std::size_t body_bytes = 0;

  /// What the header already tells.
  [[nodiscard]] std::string head_mistake() const {
    const auto& head = parser->get();
    if (head.result_int() != 200) return fmt::format("status {}", head.result_int());
    const auto etag = head[http::field::etag];
    if (http_tag_of({etag.data(), etag.size()}, "\"", "\"") != tag)
      return "an answer to another request";
    if (parser->need_eof()) return "an answer without a length";
    return "";
  }
  [[nodiscard]] std::string body_mistake() const {
    const auto& body = parser->get().body();
    if (body.size() != body_bytes) return fmt::format("a body of {} bytes", body.size());
    const bool is_ours = std::ranges::all_of(body, [](char octet) { return octet == kFill; });
    return is_ours ? "" : "a body that is not the server's";
  }
};

HttpAnswerReader::HttpAnswerReader(std::size_t most_body)
    : state_{std::make_unique<State>(most_body)} {}
HttpAnswerReader::~HttpAnswerReader() = default;

void HttpAnswerReader::expect(const DnsTag& tag, std::size_t body_bytes) {
  auto& s = *state_;
  s.tag = tag;
  s.body_bytes = body_bytes;
  s.guard.begin();
  s.parser.emplace();
  s.parser->body_limit(s.most_body);
  s.parser->eager(true);
}

void HttpAnswerReader::feed(std::string_view bytes) {
  state_->guard.feed(bytes);
}

std::optional<HttpAnswerReader::Answer> HttpAnswerReader::next() {
  auto& s = *state_;
  if (!s.parser) return std::nullopt;
  const auto error = parse_http(*s.parser, s.guard);
  if (const auto& refused = s.guard.mistake(); !refused.empty())
    return Answer{.mistake = "no HTTP answer of ours: " + refused};
  if (error) return Answer{.mistake = "no HTTP answer: " + error.message()};
  if (!s.parser->is_header_done()) return std::nullopt;
  auto mistake = s.head_mistake();
  if (mistake.empty() && !s.parser->is_done()) return std::nullopt;
  if (mistake.empty()) mistake = s.body_mistake();
  return Answer{.keep = mistake.empty() && s.parser->keep_alive(), .mistake = mistake};
}

}  // namespace wandrill
