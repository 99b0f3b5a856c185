// SPDX-License-Identifier: Apache-2.0
#include "scenario/source.hpp"

#include <filesystem>

#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"
#include "scenario/scenario.hpp"
#include "scenario/yaml_tree.hpp"

using namespace wandrill;
namespace fs = std::filesystem;

namespace {

/// A folder with files in it, gone at the end.
class Folder {
 public:
  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
    write_file(scratch_.path() / name, text);
    return path(name);
  }
  [[nodiscard]] std::string path(const std::string& name) const { return scratch_.path() / name; }

 private:
  testing::ScratchFolder scratch_;
};

std::string error_of(const std::string& path) {
  try {
    (void)read_source(path);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

constexpr const char* kScenario =
    "scenario: small\ntopology: home_office\ntraffic:\n"
    "  call: {kind: rtp, from: desk_phone, to: pbx}\ntimeline:\n  - at: 1s\n";

}  // namespace

TEST_CASE("A missing file is told with the nearest name of its folder") {
  const Folder folder;
  (void)folder.file("failback.yaml", kScenario);
  const auto path = folder.path("failbak.yaml");
  CHECK(error_of(path) == path + ": there is no such file (did you mean 'failback.yaml'?)");
  const auto nowhere = folder.path("nowhere/x.yaml");
  CHECK(error_of(nowhere) ==
        nowhere + ": there is no such file (there is no folder " + folder.path("nowhere") + ")");
}

TEST_CASE("A folder is no file") {
  const Folder folder;
  CHECK(error_of(folder.path("")) == folder.path("") + ": this is a folder; a YAML file is needed");
}

TEST_CASE("A file that would keep the parser for minutes is refused unread") {
  const Folder folder;
  for (const std::size_t size : {131'073UL, 10'000'000UL}) {
    const auto path = folder.file("big.yaml", std::string(size, '#'));
    CHECK(error_of(path) == path + ": the file is " + std::to_string(size) +
                                " bytes long; at most 131072 bytes are read");
  }
  CHECK(error_of(folder.file("big.yaml", std::string(131'072, '#'))).empty());
}

TEST_CASE("A binary file is refused at its first odd byte") {
  const Folder folder;
  const auto nul = folder.file("nul.yaml", std::string{"ab\0c", 4});
  CHECK(error_of(nul) == nul + ": this is no text file: byte 3 is 0x00");
  const auto latin = folder.file("latin.yaml", "caf\xe9");
  CHECK(error_of(latin) == latin + ": this is no text file: byte 4 is 0xe9, which is not UTF-8");
  const auto overlong = folder.file("overlong.yaml", "\xe0\x80\x80");
  CHECK(error_of(overlong) ==
        overlong + ": this is no text file: byte 1 is 0xe0, which is not UTF-8");
  const auto good = folder.file("good.yaml", "# café – 呼\n");
  CHECK(error_of(good).empty());
}

TEST_CASE("Line ends of Windows do no harm") {
  std::string text;
  for (const char c : std::string{kScenario})
    text += c == '\n' ? std::string{"\r\n"} : std::string{c};
  Mistakes mistakes;
  const auto scenario = decode_scenario({"small.yaml", text}, mistakes);
  CHECK(mistakes.empty());
  CHECK(scenario.name.value == "small");
  CHECK(scenario.traffic.at(0).to.value == "pbx");
}

TEST_CASE("Words that YAML 1.1 takes for truth stay what the user wrote") {
  Mistakes mistakes;
  const auto scenario = decode_scenario(
      {"on.yaml", std::string{kScenario} + "    fault: carrier\n    on: yes\n    as: off\n"},
      mistakes);
  CHECK(mistakes.empty());
  CHECK(scenario.timeline.at(0).on->value == "yes");
  CHECK(scenario.timeline.at(0).as->value == "off");
}

TEST_CASE("A control character is refused where it stands, and hides nothing", "[source]") {
  Mistakes mistakes;
  (void)parse_yaml({"s.yaml", "scenario: s\nx: \x04\nhidden: 1\ny: \x1b[2J\n"}, mistakes);
  CHECK_THROWS_WITH(mistakes.throw_if_any(),
                    "s.yaml:2:4: a control character (\\x04): leave it out\n"
                    "s.yaml:4:4: a control character (\\x1b): leave it out");
}
