// SPDX-License-Identifier: Apache-2.0
// What of wandrill runs within Python: reading scenarios, and looking at recordings. Drills do not;
// they run in a process of their own (bindings/wandrill/running.py).
#include <memory>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "base/error.hpp"
#include "base/version.hpp"
#include "packet_map.hpp"
#include "plan/plan_text.hpp"
#include "plan/resolve.hpp"
#include "record/recorder.hpp"
#include "scenario/library.hpp"
#include "scenario/schema.hpp"

namespace py = pybind11;

namespace wandrill {
namespace {

/// The exceptions are Python's own, so that they can be caught without this module.
py::object error_class(const char* name) {
  return py::module_::import("wandrill.errors").attr(name);
}

py::object mistakes_of(const ConfigError& error) {
  const auto mistake = error_class("Mistake");
  py::list mistakes;
  for (const auto& [where, message] : error.mistakes())
    mistakes.append(mistake(where.file, where.line, where.column, message));
  return error_class("ConfigError")(mistakes);
}

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const ConfigError& error) {
    PyErr_SetObject(error_class("ConfigError").ptr(), mistakes_of(error).ptr());
  } catch (const MachineError& error) {
    PyErr_SetString(error_class("MachineError").ptr(), error.what());
  }
}

std::optional<EngineChoice> engine_of(const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  if (*name == "auto") return EngineChoice::kAuto;
  if (*name == "netem") return EngineChoice::kNetem;
  if (*name == "wire") return EngineChoice::kWire;
  throw ConfigError{{{{.file = "engine"}, "'" + *name + "' is none of auto, netem, wire"}}};
}

Plan plan_of(const std::string& path, const std::string& data_folder,
             const std::optional<std::string>& router, const std::optional<std::uint64_t>& seed,
             const std::optional<std::string>& engine, const std::optional<int>& trials,
             const std::optional<std::string>& topology, const std::string& network) {
  if (trials && (*trials < 1 || *trials > 1000))
    throw ConfigError{{{{.file = "trials"}, "must be from 1 to 1000"}}};
  auto loaded =
      load_scenario(path, {.data_folder = data_folder, .router = router, .topology = topology});
  if (!network.empty()) loaded.topology.built = network_from(Json::parse(network));
  return resolve(loaded, {.seed = seed, .engine = engine_of(engine), .trials = trials});
}

/// The Mininet file of a scenario, as the program `wandrill network` takes it; nothing if its
/// topology is none.
std::optional<std::string> mininet_of(const std::string& path, const std::string& data_folder,
                                      const std::optional<std::string>& topology) {
  const auto loaded = load_scenario(path, {.data_folder = data_folder, .topology = topology});
  const auto& mininet = loaded.topology.mininet;
  if (!mininet) return std::nullopt;
  return mininet->file.value + (mininet->topo ? ":" + mininet->topo->value : "");
}

/// One column of a block, where it is in the file; it keeps `owner` alive.
template <typename T>
py::array column(const std::byte*& at, std::uint32_t rows, const py::object& owner) {
  py::array_t<T> array{static_cast<py::ssize_t>(rows), reinterpret_cast<const T*>(at), owner};
  at += rows * sizeof(T);
  // Nobody changes a recording.
  py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return array;
}

py::dict columns_of(const std::shared_ptr<PacketMap>& map, std::size_t block) {
  using packet_format::BlockKind;
  const auto owner = py::cast(map);
  const auto rows = map->rows(block);
  const auto* at = [&] {
    const py::gil_scoped_release others_go_on;
    return map->columns(block).data();
  }();
  py::dict columns;
  columns["sequence"] = column<std::uint64_t>(at, rows, owner);
  switch (map->kind(block)) {
    case BlockKind::kSent:
      columns["scheduled"] = column<std::int64_t>(at, rows, owner);
      columns["lateness"] = column<std::int32_t>(at, rows, owner);
      columns["flow"] = column<std::uint16_t>(at, rows, owner);
      break;
    case BlockKind::kReceived:
      columns["at"] = column<std::int64_t>(at, rows, owner);
      columns["read_delay"] = column<std::int32_t>(at, rows, owner);
      columns["flow"] = column<std::uint16_t>(at, rows, owner);
      break;
    case BlockKind::kTapped:
      columns["at"] = column<std::int64_t>(at, rows, owner);
      columns["flow"] = column<std::uint16_t>(at, rows, owner);
      columns["source"] = column<std::uint16_t>(at, rows, owner);
      columns["wan"] = column<std::uint8_t>(at, rows, owner);
      columns["direction"] = column<std::uint8_t>(at, rows, owner);
      break;
  }
  return columns;
}

std::vector<std::pair<std::string, std::size_t>> blocks_of(const PacketMap& map) {
  using packet_format::BlockKind;
  std::vector<std::pair<std::string, std::size_t>> blocks;
  for (std::size_t i = 0; i < map.size(); ++i) {
    const auto kind = map.kind(i);
    if (kind == BlockKind::kSent) blocks.emplace_back("sent", i);
    if (kind == BlockKind::kReceived) blocks.emplace_back("received", i);
    if (kind == BlockKind::kTapped) blocks.emplace_back("tapped", i);
  }
  return blocks;
}

}  // namespace
}  // namespace wandrill

PYBIND11_MODULE(_core, module) {
  using namespace wandrill;
  py::register_exception_translator(&translate);
  module.attr("VERSION") = kVersion;

  py::class_<Plan>(module, "Plan")
      .def_property_readonly("json", [](const Plan& plan) { return Json(plan).dump(); })
      .def_property_readonly("yaml", &plan_as_yaml)
      .def_property_readonly("text", &plan_as_text);
  module.def("plan", &plan_of, py::arg("path"), py::arg("data_folder"), py::arg("router"),
             py::arg("seed"), py::arg("engine"), py::arg("trials"), py::arg("topology"),
             py::arg("network"), py::call_guard<py::gil_scoped_release>());
  module.def("mininet_of", &mininet_of, py::arg("path"), py::arg("data_folder"),
             py::arg("topology"), py::call_guard<py::gil_scoped_release>());
  module.def("plan_from_yaml", &plan_from_yaml, py::arg("text"),
             py::call_guard<py::gil_scoped_release>());
  module.def("schema", [] { return scenario_schema().dump(); });

  module.def(
      "check_recording", [](const std::string& folder) { (void)open_recording(folder); },
      py::arg("folder"), py::call_guard<py::gil_scoped_release>());
  py::class_<PacketMap, std::shared_ptr<PacketMap>>(module, "PacketMap")
      .def(py::init([](const std::string& path) { return std::make_shared<PacketMap>(path); }),
           py::arg("path"))
      .def_property_readonly("blocks", &blocks_of)
      .def("rows", &PacketMap::rows, py::arg("block"))
      .def("columns", &columns_of, py::arg("block"));
}
