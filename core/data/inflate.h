#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace likeness {

/// Unpacks zlib data of at most `limit` bytes; empty when it is damaged or larger. Threads: any.
[[nodiscard]] std::vector<std::uint8_t> inflated(std::span<const std::uint8_t> packed, std::size_t limit);

}  // namespace likeness
