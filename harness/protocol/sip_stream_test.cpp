// SPDX-License-Identifier: Apache-2.0
#include "protocol/sip_stream.hpp"

#include <vector>

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using What = SipStream::What;
using Parts = std::vector<std::string>;

const std::string kOne = "OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n";
const std::string kTwo = "INVITE sip:a SIP/2.0\r\nl : 4\r\n\r\nv=0\n";

class Heard {
 public:
  explicit Heard(SipStream::End end) : stream{end} {}

  bool feed(std::string_view bytes) {
    return stream.feed(bytes, [&](What what, std::string_view message) {
      parts.push_back(what == What::kMessage ? std::string{message}
                      : what == What::kPing  ? "ping"
                                             : "pong");
    });
  }
  SipStream stream;
  Parts parts;
};

}  // namespace

TEST_CASE("Messages are told apart by their Content-Length, however they are cut", "[sip_stream]") {
  const std::string all = kOne + "\r\n\r\n" + kTwo + "\r\n" + kOne;
  for (std::size_t size = 1; size <= all.size(); ++size) {
    Heard heard{SipStream::End::kServer};
    for (std::size_t at = 0; at < all.size(); at += size)
      REQUIRE(heard.feed(std::string_view{all}.substr(at, size)));
    CHECK(heard.parts == Parts{kOne, "ping", kTwo, kOne});
  }
}

TEST_CASE("A client hears one CRLF as the answer to its ping", "[sip_stream]") {
  Heard heard{SipStream::End::kClient};
  CHECK(heard.feed("\r"));
  CHECK(heard.parts.empty());
  CHECK(heard.feed("\n" + kOne));
  CHECK(heard.parts == Parts{"pong", kOne});
}

TEST_CASE("A server waits for the second CRLF of a ping", "[sip_stream]") {
  Heard heard{SipStream::End::kServer};
  CHECK(heard.feed("\r\n"));
  CHECK(heard.parts.empty());
  CHECK(heard.feed("\r\n"));
  CHECK(heard.parts == Parts{"ping"});
}

TEST_CASE("A stream without bounds is given up", "[sip_stream]") {
  CHECK_FALSE(Heard{SipStream::End::kServer}.feed("OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n"));
  CHECK_FALSE(Heard{SipStream::End::kServer}.feed("OPTIONS a\r\nContent-Length: -1\r\n\r\n"));
  CHECK_FALSE(Heard{SipStream::End::kServer}.feed("OPTIONS a\r\nContent-Length:\r\n\r\n"));
  CHECK_FALSE(Heard{SipStream::End::kServer}.feed("OPTIONS a\r\nContent-Length: 99999999\r\n\r\n"));
  CHECK_FALSE(Heard{SipStream::End::kServer}.feed(std::string(20'000, 'x')));
}

}  // namespace wandrill
