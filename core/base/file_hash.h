#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace likeness {

/// SHA-256 of a file from byte `offset` to its end, in lower-case hexadecimal. Reads it once (about a second a
/// gigabyte) and remembers the answer while size and time stay, those of large files also between runs, in
/// $XDG_CACHE_HOME/likeness/hashes.json. Threads: any.
/// Errors: as for files; InvalidArgument for what is no regular file.
[[nodiscard]] Result<std::string> fileHash(const std::filesystem::path& file, std::uint64_t offset = 0);

}  // namespace likeness
