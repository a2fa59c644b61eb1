#pragma once
#include <cstdint>

namespace likeness {

/// The machine's memory and what this program holds of it, in bytes; 0 where the system doesn't say.
[[nodiscard]] std::uint64_t totalMemory();
[[nodiscard]] std::uint64_t residentMemory();

}  // namespace likeness
