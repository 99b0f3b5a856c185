// SPDX-License-Identifier: Apache-2.0
#include "protocol/http_message.hpp"

#include "base/testing/catch.hpp"
#include "protocol/http_tag.hpp"

namespace wandrill {
namespace {

constexpr DnsTag kTag{.nonce = 0xfeed, .flow = 6, .sequence = 42};

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// What is wrong with an answer; "more" while it is not whole.
std::string mistake_in(const std::string& text, std::size_t body_bytes = 5) {
  HttpAnswerReader reader{1000};
  reader.expect(kTag, body_bytes);
  reader.feed(text);
  const auto answer = reader.next();
  return answer ? answer->mistake : "more";
}

}  // namespace

TEST_CASE("A request is read back, in pieces of any size, one after another") {
  const auto text = http_request("web", kTag, true) + http_request("web", kTag, false);
  for (std::size_t piece = 1; piece <= text.size(); piece += 7) {
    HttpRequestReader reader;
    std::vector<HttpRequestReader::Request> read;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      reader.feed(std::string_view{text}.substr(at, piece));
      while (const auto request = reader.next())
        read.push_back(*request);
    }
    REQUIRE(read.size() == 2);
    CHECK_FALSE(reader.is_broken());
    CHECK(read[0].tag == kTag);
    CHECK(read[0].keep);
    CHECK_FALSE(read[1].keep);
  }
}

TEST_CASE("What is no request breaks its connection, and no more") {
  for (const auto* text : {"nonsense\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/1.1\r\n\r\n",
                           "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\n",
                           "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                           "GET / HTTP/1.1\r\nno colon\r\n\r\n"}) {
    HttpRequestReader reader;
    reader.feed(text);
    CHECK_FALSE(reader.next());
    CHECK(reader.is_broken());
  }
  HttpRequestReader endless;
  endless.feed("GET /" + std::string(100'000, 'a'));
  CHECK_FALSE(endless.next());
  CHECK(endless.is_broken());
  HttpRequestReader strange;
  strange.feed("GET /favicon.ico HTTP/1.1\r\n\r\n");
  const auto request = strange.next();
  REQUIRE(request);
  CHECK_FALSE(request->tag);
}

TEST_CASE("An answer is read back, in pieces of any size, one after another") {
  const auto text = http_answer(kTag, 300, true);
  HttpAnswerReader reader{1000};
  for (std::size_t piece = 1; piece <= text.size(); piece += 13) {
    reader.expect(kTag, 300);
    std::optional<HttpAnswerReader::Answer> answer;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      CHECK_FALSE(answer);
      reader.feed(std::string_view{text}.substr(at, piece));
      answer = reader.next();
    }
    REQUIRE(answer);
    CHECK(answer->mistake.empty());
    CHECK(answer->keep);
  }
}

TEST_CASE("An answer that is not the one that was asked for is told why") {
  CHECK(mistake_in(http_answer(kTag, 5, true)).empty());
  CHECK(mistake_in(http_answer(kTag, 0, true), 0).empty());
  CHECK(mistake_in(http_answer(kTag, 6, true)) == "a body of 6 bytes");
  CHECK(mistake_in(http_refusal()) == "status 400");
  CHECK(mistake_in(http_answer({.nonce = 1, .flow = 6, .sequence = 42}, 5, true)) ==
        "an answer to another request");
  CHECK(mistake_in("HTTP/1.1 200 OK\r\n\r\nhello") == "an answer to another request");
  auto portal = http_answer(kTag, 5, true);
  portal.replace(portal.size() - 5, 5, "login");
  CHECK(mistake_in(portal) == "a body that is not the server's");
  auto endless = http_answer(kTag, 5, true);
  endless.replace(endless.find("Content-Length"), 14, "Content-Breite");
  CHECK(mistake_in(endless) == "an answer without a length");
  CHECK(
      mistake_in("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n").starts_with("no HTTP answer"));
  CHECK(mistake_in("SSH-2.0-OpenSSH_9.2\r\n") == "no HTTP answer of ours: no HTTP/1");
  CHECK(mistake_in("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") ==
        "no HTTP answer of ours: Transfer-Encoding");
  CHECK(mistake_in("HTTP/1.1 200 FINE BY US\n\n").starts_with("no HTTP answer of ours: "));
  CHECK(mistake_in(http_answer(kTag, 5, true).substr(0, 60)) == "more");
}

TEST_CASE("Bytes behind an answer spoil the next one") {
  HttpAnswerReader reader{1000};
  reader.expect(kTag, 5);
  reader.feed(http_answer(kTag, 5, true) + "garbage\r\n");
  CHECK(reader.next()->mistake.empty());
  reader.expect(kTag, 5);
  CHECK(reader.next()->mistake.starts_with("no HTTP answer of ours: "));
}

TEST_CASE("Our messages are known on a wire by their tags") {
  const auto request = find_http_tag(bytes_of(http_request("web", kTag, true)));
  REQUIRE(request);
  CHECK(request->tag == kTag);
  CHECK_FALSE(request->is_answer);
  const auto answer = find_http_tag(bytes_of(http_answer(kTag, 100, true)));
  REQUIRE(answer);
  CHECK(answer->tag == kTag);
  CHECK(answer->is_answer);
  CHECK_FALSE(find_http_tag(bytes_of("GET /index.html HTTP/1.1\r\n\r\n")));
  CHECK_FALSE(find_http_tag(bytes_of("GET /" + to_label(kTag))));
  CHECK_FALSE(find_http_tag({}));
}

}  // namespace wandrill
