// SPDX-License-Identifier: Apache-2.0
#include "protocol/http_guard.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using Kind = HttpGuard::Kind;

std::string mistake_of(Kind kind, const std::string& text) {
  HttpGuard guard{kind, 10};
  guard.feed(text);
  const auto passed = guard.readable();
  CHECK(passed.empty() == (!guard.mistake().empty() || text.find("\r\n\r\n") == text.npos));
  return guard.mistake();
}

std::string answer_with(const std::string& line) {
  return "HTTP/1.1 200 OK\r\nETag: \"x\"\r\n" + line + "\r\n\r\n";
}

}  // namespace

TEST_CASE("A message passes once its head is whole, with its body and no byte behind it") {
  const std::string head = answer_with("Content-Length: 4");
  HttpGuard guard{Kind::kAnswer, 10};
  for (const char octet : head.substr(0, head.size() - 1)) {
    guard.feed({&octet, 1});
    REQUIRE(guard.readable().empty());
  }
  guard.feed("\nww");
  CHECK(guard.readable() == head + "ww");
  guard.take(head.size());
  guard.feed("ww" + head);
  CHECK(guard.readable() == "wwww");
  guard.take(3);
  CHECK_FALSE(guard.is_over());
  guard.take(1);
  CHECK(guard.is_over());
  CHECK(guard.readable().empty());
  guard.begin();
  CHECK(guard.readable() == head);
  CHECK(guard.mistake().empty());
}

TEST_CASE("What neither of our ends sends is refused before anything passes") {
  for (const auto* name : {"Transfer-Encoding", "Trailer", "Upgrade"}) {
    const std::string field = std::string{name} + ": chunked";
    CHECK(mistake_of(Kind::kAnswer, answer_with(field)) == name);
    CHECK(mistake_of(Kind::kRequest, "GET / HTTP/1.1\r\n" + field + "\r\n\r\n") == name);
  }
  CHECK(mistake_of(Kind::kAnswer, answer_with("tRANSFER-encoding:chunked")) == "Transfer-Encoding");
  CHECK(mistake_of(Kind::kAnswer, answer_with("Transfer-Encoding : identity")) ==
        "a line that is no field");
  CHECK(mistake_of(Kind::kAnswer, answer_with("Vary: a\r\n b")) == "a line that is no field");
  CHECK(mistake_of(Kind::kAnswer, answer_with("no colon")) == "a line that is no field");
  CHECK(mistake_of(Kind::kAnswer, "HTTP/1.1 100 Continue\r\n\r\n") == "an interim status");
  CHECK(mistake_of(Kind::kAnswer, "\r\n\r\n") == "no HTTP/1");
  CHECK(mistake_of(Kind::kRequest, "\r\n\r\n") == "an empty first line");
}

TEST_CASE("A message has one length that is a number and small enough") {
  CHECK(mistake_of(Kind::kAnswer, answer_with("Content-Length: 10")).empty());
  CHECK(mistake_of(Kind::kAnswer, answer_with("Content-Length: 11")) == "a Content-Length of 11");
  CHECK(mistake_of(Kind::kAnswer, answer_with("Content-Length: 1\r\ncontent-length: 1")) ==
        "Content-Length twice");
  for (const auto* odd : {"", "-1", "+1", "1, 1", "0x1", "1 1", "99999999999999999999999"})
    CHECK(mistake_of(Kind::kAnswer, answer_with(std::string{"Content-Length: "} + odd)) ==
          "a Content-Length that is no number");
}

TEST_CASE("A head that goes on for too long, or has other ends of lines, is refused at once") {
  CHECK(mistake_of(Kind::kRequest, "GET /" + std::string(kMostHttpHead, 'a')) ==
        "a head of more than 8192 bytes");
  CHECK(mistake_of(Kind::kRequest, "GET / HTTP/1.1\r\nA: " + std::string(kMostHttpHead, 'a') +
                                       "\r\n\r\n") == "a head of more than 8192 bytes");
  for (const auto* odd : {"GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nA: b\n\n", "GET /\rA HTTP/1.1",
                          "GET /\x01 HTTP/1.1\r\n\r\n"})
    CHECK(mistake_of(Kind::kRequest, odd) == "a control character in the head");
  CHECK(mistake_of(Kind::kAnswer, "SSH-2.0-OpenSSH_9.2\r\n") == "no HTTP/1");
  CHECK(mistake_of(Kind::kRequest, "GET / HTTP/1.1\r").empty());
}

TEST_CASE("What follows a message is looked at as one of its own") {
  const std::string good = answer_with("Content-Length: 0");
  HttpGuard guard{Kind::kAnswer, 10};
  guard.feed(good + answer_with("Transfer-Encoding: chunked"));
  CHECK(guard.readable() == good);
  guard.take(good.size());
  CHECK(guard.readable().empty());
  guard.begin();
  CHECK(guard.readable().empty());
  CHECK(guard.mistake() == "Transfer-Encoding");
}

}  // namespace wandrill
