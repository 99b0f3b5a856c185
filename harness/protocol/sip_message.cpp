// SPDX-License-Identifier: Apache-2.0
#include "protocol/sip_message.hpp"

#include <algorithm>
#include <charconv>
#include <memory>

#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>

namespace wandrill {
namespace {

constexpr std::size_t kLongestMessage = 65'535;

struct Free {
  void operator()(osip_message_t* message) const { osip_message_free(message); }
  void operator()(char* text) const { osip_free(text); }
};
using Message = std::unique_ptr<osip_message_t, Free>;
using Text = std::unique_ptr<char, Free>;

std::string text_or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

/// A header's value as text, by one of the library's to_str functions.
template <typename Header, typename ToText>
std::string value_of(const Header* header, ToText to_text) {
  char* text = nullptr;
  if (header == nullptr || to_text(header, &text) != OSIP_SUCCESS) return "";
  return Text{text}.get();
}

std::string tag_of(const osip_from_t* header) {
  osip_generic_param_t* tag = nullptr;
  if (header == nullptr ||
      osip_generic_param_get_byname(&const_cast<osip_from_t*>(header)->gen_params,
                                    const_cast<char*>("tag"), &tag) != OSIP_SUCCESS)
    return "";
  return text_or_empty(tag->gvalue);
}

std::string all_vias(const osip_message_t& message) {
  std::string vias;
  for (int i = 0; i < osip_list_size(&message.vias); ++i)
    vias +=
        "Via: " +
        value_of(static_cast<const osip_via_t*>(osip_list_get(&message.vias, i)), osip_via_to_str) +
        "\r\n";
  return vias;
}

/// A parameter of the topmost Via.
std::string via_param(const osip_message_t& message, const char* name) {
  auto* via = static_cast<osip_via_t*>(osip_list_get(&message.vias, 0));
  osip_generic_param_t* param = nullptr;
  if (via == nullptr || osip_generic_param_get_byname(&via->via_params, const_cast<char*>(name),
                                                      &param) != OSIP_SUCCESS)
    return "";
  return text_or_empty(param->gvalue);
}

std::string seen_from(const osip_message_t& message) {
  const auto address = via_param(message, "received");
  const auto port = via_param(message, "rport");
  return address.empty() || port.empty() ? "" : address + ":" + port;
}

/// The number that a header begins with.
std::optional<std::uint32_t> seconds_of(const osip_message_t& message, const char* name) {
  osip_header_t* header = nullptr;
  if (osip_message_header_get_byname(&message, name, 0, &header) < 0 || header == nullptr ||
      header->hvalue == nullptr)
    return std::nullopt;
  const std::string_view text{header->hvalue};
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool is_whole = end == text.data() + text.size() || *end == ';' || *end == ' ';
  return error == std::errc{} && is_whole ? std::optional{seconds} : std::nullopt;
}

void prepare_library() {
  static const int ready = parser_init();
  static_cast<void>(ready);
}

}  // namespace

std::optional<SipMessage> parse_sip(std::string_view text) {
  // The library reads a C string: it must not end before the datagram does.
  if (text.empty() || text.size() > kLongestMessage || text.find('\0') != text.npos)
    return std::nullopt;
  prepare_library();
  osip_message_t* made = nullptr;
  if (osip_message_init(&made) != OSIP_SUCCESS) return std::nullopt;
  const Message message{made};
  const std::string copy{text};
  if (osip_message_parse(made, copy.c_str(), copy.size()) != OSIP_SUCCESS) return std::nullopt;
  if (made->cseq == nullptr || made->cseq->method == nullptr || made->cseq->number == nullptr ||
      made->call_id == nullptr || made->from == nullptr || made->to == nullptr ||
      osip_list_size(&made->vias) == 0)
    return std::nullopt;
  const bool is_request = MSG_IS_REQUEST(made);
  if (is_request && text_or_empty(made->sip_method) != made->cseq->method) return std::nullopt;
  SipMessage result{.method = made->cseq->method,
                    .status = is_request ? 0 : made->status_code,
                    .call_id = value_of(made->call_id, osip_call_id_to_str),
                    .branch = via_param(*made, "branch"),
                    .via = all_vias(*made),
                    .from = value_of(made->from, osip_from_to_str),
                    .from_tag = tag_of(made->from),
                    .to = value_of(made->to, osip_to_to_str),
                    .to_tag = tag_of(made->to),
                    .seen_from = seen_from(*made),
                    .expires = seconds_of(*made, "expires"),
                    .session_expires = seconds_of(*made, "session-expires")};
  const std::string_view number{made->cseq->number};
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), result.cseq);
  if (error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
  if (!is_request && (result.status < 100 || result.status > 699)) return std::nullopt;
  return result;
}

std::string_view sip_start(std::string_view text) {
  constexpr std::string_view kStatusLine = "SIP/2.0 ";
  if (text.starts_with(kStatusLine)) {
    const auto code = text.substr(kStatusLine.size(), 3);
    return code.size() == 3 &&
                   std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; })
               ? code
               : std::string_view{};
  }
  const auto blank = text.find(' ');
  const auto method = text.substr(0, std::min(blank, text.size()));
  const bool is_method = !method.empty() && blank != text.npos && method.size() <= 16 &&
                         std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_method && text.substr(blank + 1).starts_with("sip:") ? method : std::string_view{};
}

}  // namespace wandrill
