// SPDX-License-Identifier: Apache-2.0
#include "scenario/library.hpp"

#include <algorithm>
#include <filesystem>

#include "base/names.hpp"
#include "scenario/defaults.hpp"
#include "scenario/mininet.hpp"

namespace wandrill {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".yaml";
constexpr std::string_view kPython = ".py";  ///< Of a topology for Mininet.

/// What a scenario or a profile refers to by name.
struct Kind {
  std::string_view word;    ///< "topology"
  std::string_view folder;  ///< "topologies"
  bool takes_python = false;

  [[nodiscard]] std::vector<std::string_view> suffixes() const {
    return takes_python ? std::vector{kSuffix, kPython} : std::vector{kSuffix};
  }
};
constexpr Kind kTopology{"topology", "topologies", true};
/// The profile of a router that brings its software along.
constexpr std::string_view kOwnRouter = "own";
constexpr Kind kRouter{"router", "topologies/routers"};

class Loader {
 public:
  Loader(const std::string& scenario, const LoadOptions& options) : options_{options} {
    home_ = fs::path{scenario}.parent_path();
    if (home_.empty()) home_ = ".";
  }

  LoadedScenario load(const std::string& path) {
    LoadedScenario loaded;
    loaded.scenario = decode_scenario(read_source(path), mistakes_);
    const auto& scenario = loaded.scenario;
    if (options_.attach)
      loaded.topology = standing_topology(scenario.mininet);
    else if (options_.topology)
      loaded.topology = load_topology({*options_.topology, {"--topology"}}, ".");
    else if (scenario.mininet)
      loaded.topology = mininet_topology(*scenario.mininet, home_);
    else if (!scenario.topology.value.empty())
      loaded.topology = load_topology(scenario.topology, home_);
    const auto router = router_of(scenario);
    if (options_.router || !router.value.empty())
      loaded.router = load_router(router, options_.router ? "." : home_, {});
    mistakes_.throw_if_any();
    return loaded;
  }

  MininetSpec load_mininet(const std::string& target) {
    const Placed<std::string> placed{target, {target}};
    const auto [name, topo] = split_topo(placed);
    // Any file that is there is Mininet's to refuse, whatever its name ends in.
    const bool is_file = fs::is_regular_file(name.value) && !name.value.ends_with(kSuffix);
    const auto topology =
        is_file ? mininet_topology({.place = name.place, .file = name, .topo = topo}, ".")
                : load_topology(placed, ".");
    if (mistakes_.empty() && !topology.mininet)
      mistakes_.add(name.place, "is no Mininet file: Mininet builds nothing of it");
    mistakes_.throw_if_any();
    return *topology.mininet;
  }

 private:
  /// A router that stands does what it does: only `own` leaves it alone.
  Placed<std::string> router_of(const Scenario& scenario) {
    if (options_.router && options_.attach && *options_.router != kOwnRouter)
      mistakes_.add({"--router"},
                    "a profile would change a router that is not ours: with --attach it is '{}'",
                    kOwnRouter);
    if (options_.router) return {*options_.router, {"--router"}};
    return options_.attach ? Placed<std::string>{std::string{kOwnRouter}, {"--attach"}}
                           : scenario.router;
  }

  Topology standing_topology(const std::optional<MininetSpec>& scenario) {
    const Place place{"--attach"};
    Topology topology{.place = place, .name = {"standing", place}};
    topology.mininet = decode_attach(*options_.attach, scenario, mistakes_);
    return topology;
  }

  struct NameAndTopo {
    Placed<std::string> name;
    std::optional<Placed<std::string>> topo;
  };

  /// "FILE:TOPO", as names of Mininet files may be given.
  static NameAndTopo split_topo(const Placed<std::string>& both) {
    const auto colon = both.value.find(':');
    if (colon == std::string::npos) return {both, std::nullopt};
    return {{both.value.substr(0, colon), both.place},
            Placed<std::string>{both.value.substr(colon + 1), both.place}};
  }

  Topology load_topology(const Placed<std::string>& name_and_topo, const fs::path& from) {
    const auto [name, topo] = split_topo(name_and_topo);
    const auto file = find(kTopology, name, from);
    if (!file) return {};
    if (file->ends_with(kPython))
      return mininet_topology({.place = name.place, .file = {*file, name.place}, .topo = topo},
                              ".");
    if (topo)
      mistakes_.add(name.place, "{} is no Mininet file, and has no topology '{}' in it", *file,
                    topo->value);
    const auto source = read(*file);
    return source ? decode_topology(*source, mistakes_) : Topology{};
  }

  Topology mininet_topology(MininetSpec spec, const fs::path& from) {
    const auto path = (from / spec.file.value).lexically_normal();
    if (!fs::is_regular_file(path)) {
      mistakes_.add(spec.file.place, "there is no file '{}'", path.string());
      return {};
    }
    Topology topology{.place = {path.string()}, .name = {path.stem().string(), spec.file.place}};
    spec.file.value = path.string();
    topology.mininet = std::move(spec);
    return topology;
  }

  /// `chain`: the files that extend this one.
  RouterProfile load_router(const Placed<std::string>& name, const fs::path& from,
                            std::vector<std::string> chain) {
    const auto file = find(kRouter, name, from);
    if (!file) return {};
    if (std::ranges::find(chain, *file) != chain.end()) {
      mistakes_.add(name.place, "router '{}' extends itself", name.value);
      return {};
    }
    if (chain.size() >= static_cast<std::size_t>(defaults::kLongestExtendsChain)) {
      mistakes_.add(name.place, "more than {} profiles extend each other",
                    defaults::kLongestExtendsChain);
      return {};
    }
    const auto source = read(*file);
    if (!source) return {};
    auto profile = decode_router_profile(*source, mistakes_);
    if (!profile.extends) return profile;
    chain.push_back(*file);
    const auto before = mistakes_.size();
    const auto base =
        load_router(*profile.extends, fs::path{*file}.parent_path(), std::move(chain));
    // Parameters of a base that could not be read cannot be judged.
    if (mistakes_.size() > before) return profile;
    return extend_profile(base, profile, mistakes_);
  }

  [[nodiscard]] std::vector<fs::path> folders(const Kind& kind, const fs::path& from) const {
    std::vector<fs::path> found{from};
    for (const auto& root : {home_, home_ / ".."})
      found.push_back(root / kind.folder);
    if (!options_.data_folder.empty())
      found.push_back(fs::path{options_.data_folder} / kind.folder);
    return found;
  }

  std::optional<std::string> find(const Kind& kind, const Placed<std::string>& name,
                                  const fs::path& from) {
    if (name.value.ends_with(kSuffix) || (kind.takes_python && name.value.ends_with(kPython))) {
      const auto path =
          fs::path{name.value}.is_absolute() ? fs::path{name.value} : from / name.value;
      if (fs::exists(path)) return path.lexically_normal().string();
      mistakes_.add(name.place, "there is no file '{}'", path.lexically_normal().string());
      return std::nullopt;
    }
    const auto candidates = folders(kind, from);
    for (const auto& folder : candidates) {
      for (const auto suffix : kind.suffixes()) {
        const auto path = (folder / (name.value + std::string{suffix})).lexically_normal();
        // A folder of scenarios may hold a scenario of the same name; only a file of its own
        // counts.
        if (fs::is_regular_file(path)) return path.string();
      }
    }
    const auto hint = name_hint(name.value, known_names(kind, candidates));
    std::error_code error;
    if (!name.value.empty() && fs::is_directory(from / name.value, error))
      mistakes_.add(name.place, "'{}' is a folder; a {} is a name or a path ending in .yaml{}",
                    name.value, kind.word, hint);
    else
      mistakes_.add(name.place, "there is no {} '{}'{}", kind.word, name.value, hint);
    return std::nullopt;
  }

  /// The names of the kind's own folders; those of the scenario's folder are scenarios.
  static std::vector<std::string> known_names(const Kind& kind,
                                              const std::vector<fs::path>& folders) {
    const auto suffixes = kind.suffixes();
    std::vector<std::string> names;
    for (const auto& folder : folders) {
      if (&folder == &folders.front()) continue;
      std::error_code error;
      for (const auto& entry : fs::recursive_directory_iterator{folder, error}) {
        const auto path = entry.path().lexically_relative(folder);
        const bool fits = std::ranges::find(suffixes, path.extension().string()) != suffixes.end();
        if (fits && path.string().find("routers/") != 0)
          names.push_back((path.parent_path() / path.stem()).string());
      }
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
  }

  std::optional<Source> read(const std::string& file) {
    try {
      return read_source(file);
    } catch (const ConfigError& error) {
      mistakes_.add_all(error);
      return std::nullopt;
    }
  }

  const LoadOptions& options_;
  fs::path home_;
  Mistakes mistakes_;
};

ScenarioSummary summarise(const fs::path& path) {
  ScenarioSummary summary{.file = path.string(), .name = path.stem().string()};
  try {
    Mistakes mistakes;
    const auto scenario = decode_scenario(read_source(path.string()), mistakes);
    mistakes.throw_if_any();
    summary.name = scenario.name.value;
    summary.description = scenario.description;
  } catch (const ConfigError& error) {
    const auto& first = error.mistakes().front();
    summary.mistake = to_string(first.where) + ": " + first.message;
  }
  return summary;
}

}  // namespace

LoadedScenario load_scenario(const std::string& path, const LoadOptions& options) {
  return Loader{path, options}.load(path);
}

MininetSpec find_mininet(const std::string& target, const std::string& data_folder) {
  const LoadOptions options{.data_folder = data_folder};
  return Loader{"", options}.load_mininet(target);
}

std::vector<ScenarioSummary> summaries(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{folder, error})
    if (entry.path().extension() == kSuffix) files.push_back(entry.path());
  if (error) throw ConfigError{{{{folder}, "there is no such folder"}}};
  std::ranges::sort(files);
  std::vector<ScenarioSummary> found;
  for (const auto& file : files)
    found.push_back(summarise(file));
  return found;
}

}  // namespace wandrill
