#pragma once
#include <string>

namespace likeness {

/// Whether the exception that is being handled says that memory ran out: std::bad_alloc, LibTorch's of any device, or
/// our own. Call it in a catch block.
[[nodiscard]] bool isOutOfMemory();

/// Whether a message of an exception says so.
[[nodiscard]] bool saysOutOfMemory(const std::string& text);

}  // namespace likeness
