// SPDX-License-Identifier: Apache-2.0
#include "cli/testing/live_heap.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

std::atomic<std::size_t> live{0};

}  // namespace

void* operator new(std::size_t size, const std::nothrow_t& /*unused*/) noexcept {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory != nullptr) live += ::malloc_usable_size(memory);
  return memory;
}

void* operator new(std::size_t size) {
  void* memory = ::operator new(size, std::nothrow);
  if (memory == nullptr) throw std::bad_alloc{};
  return memory;
}

void operator delete(void* memory) noexcept {
  if (memory != nullptr) live -= ::malloc_usable_size(memory);
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  ::operator delete(memory);
}

namespace wandrill::testing {

std::size_t live_heap_bytes() {
  return live;
}

}  // namespace wandrill::testing
