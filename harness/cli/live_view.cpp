// SPDX-License-Identifier: Apache-2.0
#include "cli/live_view.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <sys/ioctl.h>

#include "base/json_line.hpp"
#include "base/printable.hpp"
#include "cli/output.hpp"

namespace wandrill {
namespace {

constexpr int kDefaultWidth = 80;

std::string clock_text(std::int64_t ns) {
  const auto seconds = ns / 1'000'000'000;
  return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
}

int width_of(std::FILE* out) {
  winsize size{};
  if (::ioctl(::fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
  return size.ws_col;
}

/// Cuts to `width` columns, counting UTF-8 sequences as one each.
std::string cut(const std::string& line, int width) {
  int columns = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(line[i]) & 0xc0U) != 0x80U;
    if (starts_character && ++columns > width) return line.substr(0, i);
  }
  return line;
}

std::string wan_text(const Json& wan) {
  const auto fault = wan.value("fault", "");
  const auto* mark = fault.empty() ? "●" : "✗";
  const auto* role = wan.value("active", false) ? "carries the traffic" : "idle";
  return fmt::format("{} {}  {}{}", mark, wan.value("name", ""), role,
                     fault.empty() ? "" : "  (" + fault + ")");
}

std::string way_text(const Json& way) {
  if (way.value("silent_ms", 0) < 0) return "–";
  const auto silent = way.value("silent_ms", 0);
  if (silent < 200) return "● ok";
  return fmt::format("✗ silent for {:.1f} s", silent / 1000.0);
}

class TerminalView : public LiveView {
 public:
  explicit TerminalView(std::FILE* out) : out_{out} {}

  void show(const Json& message) override {
    const auto type = message.value("type", "");
    if (type == "event" || type == "refused") {
      erase();
      fmt::print(out_, "{}\n", plain_line(message));
      redraw();
    } else if (type == "progress") {
      erase();
      last_ = message;
      redraw();
    }
  }

  void finish() override {
    erase();
    last_ = nullptr;
    flush(out_);
  }

 private:
  void erase() {
    if (lines_ > 0) fmt::print(out_, "\033[{}A\033[J", lines_);
    lines_ = 0;
  }
  void redraw() {
    if (last_.is_null()) return;
    const auto picture = draw_progress(last_, width_of(out_));
    lines_ = static_cast<int>(std::count(picture.begin(), picture.end(), '\n'));
    fmt::print(out_, "{}", picture);
    flush(out_);
  }

  std::FILE* out_;
  Json last_;
  int lines_ = 0;
};

class PlainView : public LiveView {
 public:
  explicit PlainView(std::FILE* out) : out_{out} {}
  void show(const Json& message) override {
    const auto line = plain_line(message);
    if (line.empty()) return;
    fmt::print(out_, "{}\n", line);
    flush(out_);
  }

 private:
  std::FILE* out_;
};

class JsonView : public LiveView {
 public:
  explicit JsonView(std::FILE* out) : out_{out} {}
  void show(const Json& message) override {
    fmt::print(out_, "{}", json_line(message));
    flush(out_);
  }

 private:
  std::FILE* out_;
};

}  // namespace

std::string draw_progress(const Json& progress, int width) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("─ {} ─ {} ─ {}", progress.value("scenario", ""),
                              progress.value("stage", ""),
                              clock_text(progress.value("elapsed", std::int64_t{0}))));
  for (const auto& wan : progress.value("wans", Json::array()))
    lines.push_back("  " + wan_text(wan));
  for (const auto& session : progress.value("sessions", Json::array()))
    lines.push_back(fmt::format("  {:<12} up {}   down {}", session.value("name", ""),
                                way_text(session.value("up", Json::object())),
                                way_text(session.value("down", Json::object()))));
  if (const auto ahead = progress.value("ahead", ""); !ahead.empty()) lines.push_back("  " + ahead);
  std::string picture;
  for (const auto& line : lines)
    picture += cut(printable_line(line), width) + "\n";
  return picture;
}

std::string plain_line(const Json& message) {
  if (message.value("type", "") == "refused") {
    std::string line = "refused:";
    for (const auto& mistake : message.value("mistakes", Json::array()))
      line += " " + printable_line(mistake.get<std::string>()) + ";";
    line.pop_back();
    return line;
  }
  if (message.value("type", "") != "event") return "";
  return fmt::format("[{:8.3f}s] {}",
                     static_cast<double>(message.value("at", std::int64_t{0})) / 1e9,
                     printable_line(message.value("text", "")));
}

std::unique_ptr<LiveView> make_live_view(ViewKind kind, std::FILE* out) {
  switch (kind) {
    case ViewKind::kTerminal:
      return std::make_unique<TerminalView>(out);
    case ViewKind::kJson:
      return std::make_unique<JsonView>(out);
    case ViewKind::kPlain:
      break;
  }
  return std::make_unique<PlainView>(out);
}

}  // namespace wandrill
