#pragma once
#include <spdlog/spdlog.h>

#include <filesystem>
#include <string>

namespace likeness {

/// Starts the log: to standard error at `level` (trace, debug, info, warn, error, off), and, if `file` is not empty,
/// everything to that file, rotated at 4 MB. Unknown levels mean info. Use LK_LOG_* afterwards, from any thread.
void startLog(const std::string& level, const std::filesystem::path& file);

}  // namespace likeness

// Prefixed, because Torch's headers leak LOG and CHECK.
#define LK_LOG_DEBUG(...) ::spdlog::debug(__VA_ARGS__)
#define LK_LOG_INFO(...) ::spdlog::info(__VA_ARGS__)
#define LK_LOG_WARN(...) ::spdlog::warn(__VA_ARGS__)
#define LK_LOG_ERROR(...) ::spdlog::error(__VA_ARGS__)
