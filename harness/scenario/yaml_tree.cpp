// SPDX-License-Identifier: Apache-2.0
#include "scenario/yaml_tree.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace wandrill {
namespace {

/// Builds our tree from the parser's events. yaml-cpp's own tree loses anchors, tags and
/// duplicates.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const std::string& file, Mistakes& mistakes) : file_{file}, mistakes_{mistakes} {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check_anchor(mark, anchor);
    add(leaf(YamlNode::Kind::kNull, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    mistakes_.add(place(mark), "aliases (*name) are not allowed: write the value out");
    add(leaf(YamlNode::Kind::kNull, mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_anchor(mark, anchor);
    check_tag(mark, tag);
    if (value.find('\0') != std::string::npos)
      mistakes_.add(place(mark), "a NUL byte (\\0) in a text: programs take it for the text's end");
    auto node = leaf(YamlNode::Kind::kText, mark);
    node.text = value;
    node.quoted = tag == "!";
    if (!node.quoted && (value.empty() || value == "~" || value == "null"))
      node.kind = YamlNode::Kind::kNull;
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_anchor(mark, anchor);
    check_tag(mark, tag);
    open_.push_back({leaf(YamlNode::Kind::kList, mark)});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_anchor(mark, anchor);
    check_tag(mark, tag);
    open_.push_back({leaf(YamlNode::Kind::kMap, mark)});
  }
  void OnMapEnd() override { close(); }

  [[nodiscard]] Place place(const YAML::Mark& mark) const {
    return {file_, mark.line + 1, mark.column + 1};
  }
  [[nodiscard]] YamlNode take_root() { return std::move(root_); }

 private:
  /// A list or map whose end has not been seen. In a map, keys and values alternate.
  struct Open {
    YamlNode node;
    bool has_key = false;
    YamlEntry next;
    std::map<std::string, Place> keys;
  };

  YamlNode leaf(YamlNode::Kind kind, const YAML::Mark& mark) const {
    YamlNode node;
    node.kind = kind;
    node.place = place(mark);
    return node;
  }
  void check_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor)
      mistakes_.add(place(mark), "anchors (&name) are not allowed: write the value out");
  }
  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!")
      mistakes_.add(place(mark), "tags ({}) are not allowed", tag);
  }
  void close() {
    auto node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }
  void add(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::kList) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      start_entry(parent, std::move(node));
    } else {
      parent.next.value = std::move(node);
      parent.node.entries.push_back(std::move(parent.next));
      parent.has_key = false;
    }
  }
  void start_entry(Open& map, YamlNode key) {
    if (key.kind != YamlNode::Kind::kText)
      mistakes_.add(key.place, "a key must be a text, not {}", to_string(key.kind));
    if (key.text == "<<")
      mistakes_.add(key.place, "merge keys (<<) are not allowed: write the values out");
    const auto [first, is_new] = map.keys.emplace(key.text, key.place);
    if (!is_new && key.kind == YamlNode::Kind::kText)
      mistakes_.add(key.place, "'{}' is given twice; the first is at {}", key.text,
                    seen_from(key.place, first->second));
    map.next = {.key = std::move(key.text), .place = std::move(key.place), .value = {}};
    map.has_key = true;
  }

  const std::string& file_;
  Mistakes& mistakes_;
  std::vector<Open> open_;
  YamlNode root_;
};

/// The parser's own word for a tab depends on where it stands; ours does not.
bool refuse_tabs(const Source& source, Mistakes& mistakes) {
  int line = 1;
  bool found = false;
  for (std::size_t start = 0; start < source.text.size(); ++line) {
    const auto end = std::min(source.text.find('\n', start), source.text.size());
    const std::string_view text{source.text.data() + start, end - start};
    const auto indentation = std::min(text.find_first_not_of(" \t"), text.size());
    if (const auto tab = text.substr(0, indentation).find('\t'); tab != text.npos) {
      mistakes.add({source.name, line, static_cast<int>(tab) + 1},
                   "a tab in the indentation: use spaces");
      found = true;
    }
    start = end + 1;
  }
  return found;
}

/// YAML allows none of these (5.1), written as they are or as escapes; the parser takes some for
/// the end of the file, and programs take a NUL for the end of a text.
bool is_control(char octet) {
  const auto code = static_cast<unsigned char>(octet);
  return code < 0x20 && octet != '\t' && octet != '\n' && octet != '\r';
}

/// The first of each line.
bool refuse_controls(const Source& source, Mistakes& mistakes) {
  bool found = false;
  std::istringstream text{source.text};
  int number = 1;
  for (std::string line; std::getline(text, line); ++number) {
    const auto control = std::ranges::find_if(line, is_control);
    if (control == line.end()) continue;
    mistakes.add({source.name, number, static_cast<int>(control - line.begin()) + 1},
                 "a control character (\\x{:02x}): leave it out",
                 static_cast<unsigned char>(*control));
    found = true;
  }
  return found;
}

}  // namespace

std::string_view to_string(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kText:
      return "a text";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
    case YamlNode::Kind::kNull:
      break;
  }
  return "nothing";
}

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &YamlEntry::key);
  return found == entries.end() ? nullptr : &found->value;
}

YamlNode parse_yaml(const Source& source, Mistakes& mistakes) {
  if (refuse_controls(source, mistakes) || refuse_tabs(source, mistakes)) return {};
  TreeBuilder builder{source.name, mistakes};
  std::istringstream text{source.text};
  try {
    YAML::Parser parser{text};
    if (!parser.HandleNextDocument(builder)) {
      mistakes.add({source.name, 1, 1}, "the file is empty");
      return {};
    }
    YamlNode root = builder.take_root();
    TreeBuilder second{source.name, mistakes};
    if (parser.HandleNextDocument(second))
      mistakes.add(second.take_root().place, "a second document: a file holds only one");
    if (root.kind == YamlNode::Kind::kNull) mistakes.add(root.place, "the file is empty");
    return root;
  } catch (const YAML::DeepRecursion& error) {
    mistakes.add(builder.place(error.mark), "lists and maps are nested too deeply");
    return {};
  } catch (const YAML::Exception& error) {
    mistakes.add(builder.place(error.mark), "this is not YAML: {}", error.msg);
    return {};
  }
}

}  // namespace wandrill
