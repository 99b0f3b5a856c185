// SPDX-License-Identifier: Apache-2.0
#include "doctor/module_fix.hpp"

#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "base/testing/scratch_folder.hpp"

using namespace wandrill;

TEST_CASE("modprobe is advised only where there is something to load", "[doctor]") {
  const testing::ScratchFolder modules;
  const std::string netem = "modprobe sch_netem, or add --vm";
  CHECK(better_fix(netem, modules.path()) == "add --vm: this kernel has no modules");
  CHECK(better_fix("modprobe veth bridge", modules.path()) ==
        "boot a kernel that has it: this one has no modules");
  write_file(modules.path() / "modules.dep", "kernel/drivers/net/veth.ko:\n");
  CHECK(better_fix(netem, modules.path()) != netem);
  CHECK(better_fix("modprobe veth bridge", modules.path()) != "modprobe veth bridge");
  write_file(modules.path() / "modules.dep",
             "kernel/net/sched/sch_netem.ko.xz:\nkernel/net/bridge/bridge.ko: kernel/802/stp.ko\n"
             "kernel/drivers/net/veth.ko:\n");
  CHECK(better_fix(netem, modules.path()) == netem);
  CHECK(better_fix("modprobe veth bridge", modules.path()) == "modprobe veth bridge");
}

TEST_CASE("A fix that loads no module stays as it is", "[doctor]") {
  CHECK(better_fix("apt-get install frr", "/nonexistent").empty());
  CHECK(better_fix("", "/nonexistent").empty());
}
